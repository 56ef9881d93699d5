/** Receipts: which Collectors there are, and which of them have applied a change. */
@NullMarked
package io.keyledger.key.receipt;

import org.jspecify.annotations.NullMarked;
