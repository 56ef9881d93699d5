/** Whether the tables may be decided by, and how that is told. */
@NullMarked
package io.keyledger.ingest.tables;

import org.jspecify.annotations.NullMarked;
