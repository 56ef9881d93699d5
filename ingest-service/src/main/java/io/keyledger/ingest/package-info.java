/** The ingest-service: how it starts. */
@NullMarked
package io.keyledger.ingest;

import org.jspecify.annotations.NullMarked;
