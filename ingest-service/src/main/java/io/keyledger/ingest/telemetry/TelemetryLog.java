package io.keyledger.ingest.telemetry;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where accepted telemetry is kept. */
public interface TelemetryLog {

    /**
     * Appends the records of one push. Never blocks.
     *
     * @return completes when all of them are acknowledged by all in-sync replicas; fails with
     *     {@link TelemetryUnavailableException} if that is not known in time: then some may be there
     */
    CompletionStage<Void> append(List<TelemetryRecord> records);
}
