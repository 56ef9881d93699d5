/** Accepted telemetry, on its way to Kafka. */
@NullMarked
package io.keyledger.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
