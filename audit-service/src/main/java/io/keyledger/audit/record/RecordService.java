package io.keyledger.audit.record;

import io.keyledger.client.EventBatch;
import io.keyledger.client.EventReader;
import io.keyledger.client.KeyEventsConsumer;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.StartPosition;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log into the record, and waits by itself for Kafka and for PostgreSQL, at the start and later: a batch that
 * could not be recorded comes again. All of it is on the consumer's one thread.
 */
public final class RecordService implements AutoCloseable {

    private final Preparation preparation;
    private final RecordMetrics metrics;
    private final KeyEventsConsumer consumer;
    private @Nullable Recorder recorder;
    private volatile boolean prepared;

    /** Makes the tables, finds out which ledger it is, and reads where the record stands. */
    @FunctionalInterface
    interface Preparation {

        /**
         * Prepares all that recording needs.
         *
         * @throws RuntimeException of any kind: it is called again after a pause
         */
        Recorder prepare();
    }

    /** Starts at once. */
    RecordService(LedgerConnection connection, EventReader reader, Preparation preparation, RecordMetrics metrics) {
        this.preparation = preparation;
        this.metrics = metrics;
        this.consumer = KeyEventsConsumer.start(connection, reader, this::start, this::onBatch);
        metrics.measureLag(consumer::lags);
    }

    /** Where it stands. */
    public RecordStatus status() {
        return new RecordStatus(prepared, consumer.problem(), metrics.alarms(), RecordMetrics.total(consumer.lags()));
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The last record that left a trace is read once more: another one in its place is another log, and an alarm. */
    private StartPosition start(int partition) {
        var offset = prepared().lastOffset(partition);
        return offset.isPresent() ? new StartPosition.Offset(offset.getAsLong()) : new StartPosition.Beginning();
    }

    private void onBatch(EventBatch batch) {
        prepared().record(batch.events().stream().map(Arrival::of).toList());
    }

    private Recorder prepared() {
        var known = recorder;
        if (known == null) {
            known = preparation.prepare();
            recorder = known;
            prepared = true;
        }
        return known;
    }
}
