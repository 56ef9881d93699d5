/** The Collector's copy of the ledger's tables, and whether it may decide by them. */
@NullMarked
package io.keyledger.ingest.tables;

import org.jspecify.annotations.NullMarked;
