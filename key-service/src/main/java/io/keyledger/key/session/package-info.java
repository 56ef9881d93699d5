/** Who calls, what the first start provisions, and how a caller's command goes to the ledger. */
@NullMarked
package io.keyledger.key.session;

import org.jspecify.annotations.NullMarked;
