/** What is read of the ledger besides its events: its id, the schemas, and the tables by which callers are checked. */
@NullMarked
package io.keyledger.audit.ledger;

import org.jspecify.annotations.NullMarked;
