/** Tests. */
@NullMarked
package io.keyledger.audit.record;

import org.jspecify.annotations.NullMarked;
