/** The ledger's rules: commands, decisions, events applied to state, rows derived from events. Pure. */
@NullMarked
package io.keyledger.key.ledger;

import org.jspecify.annotations.NullMarked;
