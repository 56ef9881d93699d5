/** The way to Kafka, with a producer that a test plays. */
@NullMarked
package io.keyledger.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
