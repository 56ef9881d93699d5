/** The structure of the ingest-service. */
@NullMarked
package io.keyledger.ingest;

import org.jspecify.annotations.NullMarked;
