/** The read model in PostgreSQL, for lists and look-ups: follows the events, and can be dropped and rebuilt. */
@NullMarked
package io.keyledger.key.directory;

import org.jspecify.annotations.NullMarked;
