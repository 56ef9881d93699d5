/** The audit-service: how it starts. */
@NullMarked
package io.keyledger.audit;

import org.jspecify.annotations.NullMarked;
