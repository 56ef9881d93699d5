/** Recomputes the whole record from its bytes and says what does not hold. */
@NullMarked
package io.keyledger.audit.verify;

import org.jspecify.annotations.NullMarked;
