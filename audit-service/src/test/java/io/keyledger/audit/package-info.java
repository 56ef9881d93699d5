/** Tests. */
@NullMarked
package io.keyledger.audit;

import org.jspecify.annotations.NullMarked;
