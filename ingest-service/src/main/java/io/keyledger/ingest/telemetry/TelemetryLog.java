package io.keyledger.ingest.telemetry;

import java.util.Iterator;
import java.util.concurrent.CompletionStage;

/** Where accepted telemetry is kept. */
public interface TelemetryLog {

    /** How many records of one push may wait for their acknowledgement; more are asked for when these have it. */
    int UNACKNOWLEDGED_RECORDS = 4;

    /**
     * Appends the records of one push. Never blocks.
     *
     * @param records asked for one by one, each right before it is sent, later ones by another thread; if it throws, that is
     *     how the push fails
     * @return completes when all of them are acknowledged by all in-sync replicas; fails with
     *     {@link TelemetryUnavailableException} if that is not known in time: then some may be there
     */
    CompletionStage<Void> append(Iterator<TelemetryRecord> records);
}
