/** The gate, cell by cell. */
@NullMarked
package io.keyledger.ingest.gate;

import org.jspecify.annotations.NullMarked;
