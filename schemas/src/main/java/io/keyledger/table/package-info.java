/** The tables by which keys are checked, the check that every service shares, and how fresh the tables are. */
@NullMarked
package io.keyledger.table;

import org.jspecify.annotations.NullMarked;
