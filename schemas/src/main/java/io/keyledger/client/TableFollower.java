package io.keyledger.client;

import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import io.keyledger.table.RowReader;
import io.keyledger.table.WritableLedgerTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the records of one table's topic, and tells the listeners. */
final class TableFollower implements RecordFollower {

    private static final Logger LOG = LoggerFactory.getLogger(TableFollower.class);
    /** Records kept to be tried again when a schema becomes known; beyond it only the mark stays. */
    private static final int MAX_KEPT = 1_000;

    private static final int LOGGED = 20;

    private record Source(int partition, RowKey key) {}

    private final String topic;
    private final @Nullable WritableLedgerTables tables;
    private final RowReader reader;
    private final List<RowListener> listeners;
    private final LoaderCounters counters;
    private final Map<Source, ConsumerRecord<byte[], byte[]>> unreadable = new LinkedHashMap<>();
    private int logged;
    private long contested;

    /** @param tables null: the rows are told of, not kept */
    TableFollower(
            String topic,
            @Nullable WritableLedgerTables tables,
            RowReader reader,
            List<RowListener> listeners,
            LoaderCounters counters) {
        this.topic = topic;
        this.tables = tables;
        this.reader = reader;
        this.listeners = List.copyOf(listeners);
        this.counters = counters;
    }

    @Override
    public void onRecord(ConsumerRecord<byte[], byte[]> record) {
        var key = readKey(record);
        if (key == null) {
            return;
        }
        var source = new Source(record.partition(), key);
        unreadable.remove(source);
        var found = read(record, key, true);
        if (found instanceof Found.Unreadable<Row>) {
            counters.unreadableRecords.increment();
            if (unreadable.size() < MAX_KEPT) {
                unreadable.put(source, record);
            }
        }
        apply(record, key, found);
    }

    /** Tries what could not be read once more: a schema has become known. */
    void retryUnreadable() {
        for (var entry : List.copyOf(unreadable.entrySet())) {
            var found = read(entry.getValue(), entry.getKey().key(), false);
            if (!(found instanceof Found.Unreadable<Row>)) {
                unreadable.remove(entry.getKey());
                apply(entry.getValue(), entry.getKey().key(), found);
            }
        }
    }

    @Override
    public void onReset() {
        unreadable.clear();
        if (tables != null) {
            tables.beginLoading(topic);
        }
        for (var listener : listeners) {
            tell(() -> listener.onReset(topic));
        }
    }

    void onLoaded() {
        if (tables != null) {
            tables.endLoading(topic);
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record, RowKey key, Found<Row> found) {
        if (tables != null) {
            switch (found) {
                case Found.Present<Row>(var row) -> tables.put(record.partition(), row);
                case Found.Absent<Row> _ -> tables.remove(record.partition(), key);
                case Found.Unreadable<Row> _ -> tables.markUnreadable(record.partition(), key);
            }
            tellOfContest(record, tables.contestedHashes());
        }
        if (!listeners.isEmpty()) {
            var applied = new RowListener.AppliedRow(
                    topic,
                    record.partition(),
                    record.offset(),
                    key,
                    found,
                    Headers.revision(record).orElse(0));
            listeners.forEach(listener -> tell(() -> listener.onRow(applied)));
        }
    }

    /** Only importing one secret twice at once leads there: somebody should give one of the two another secret. */
    private void tellOfContest(ConsumerRecord<byte[], byte[]> record, long hashes) {
        if (hashes > contested) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("contested", hashes)
                    .log("Two organizations have a key with one secret: the earlier one's holds, the other is refused");
        }
        contested = hashes;
    }

    private @Nullable RowKey readKey(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] bytes = record.key();
        try {
            if (bytes != null) {
                return RowKey.parse(topic, bytes);
            }
            report(record, true, "it has no key");
        } catch (RuntimeException e) {
            report(record, true, String.valueOf(e.getMessage()));
        }
        counters.unreadableKeys.increment();
        return null;
    }

    private Found<Row> read(ConsumerRecord<byte[], byte[]> record, RowKey key, boolean isFirst) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return new Found.Absent<>();
        }
        try {
            var row = reader.read(topic, record.key(), value, Headers.value(record, Topics.HEADER_FINGERPRINT));
            if (RowKey.of(row).equals(key)) {
                return new Found.Present<>(row);
            }
            report(record, isFirst, "its key and its value are of different things");
        } catch (RuntimeException e) {
            report(record, isFirst, String.valueOf(e.getMessage()));
        }
        return new Found.Unreadable<>();
    }

    /** Enough to find the record; a flood of them must not flood the log. */
    private void report(ConsumerRecord<byte[], byte[]> record, boolean isFirst, String why) {
        if (isFirst && logged < LOGGED) {
            logged++;
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log(
                            "A record of {}-{} at {} cannot be read; what it names, if anything, is unready: {}",
                            topic,
                            record.partition(),
                            record.offset(),
                            why);
        }
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            counters.listenerFailures.increment();
            LOG.atError().setCause(e).log("A listener of the rows of {} failed, and the loader goes on", topic);
        }
    }
}
