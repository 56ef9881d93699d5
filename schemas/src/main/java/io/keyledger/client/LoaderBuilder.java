package io.keyledger.client;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Topics;
import io.keyledger.table.InMemoryLedgerTables;
import io.keyledger.table.RowReader;
import io.keyledger.table.WritableLedgerTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a {@link LedgerTablesLoader} follows, and starts it. Without a choice it keeps all tables. */
public final class LoaderBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(LoaderBuilder.class);

    private final LedgerConnection connection;
    private final RowReader reader;
    private final WritableLedgerTables tables = new InMemoryLedgerTables();
    private final Map<String, FollowedTopic.Mode> rows = new LinkedHashMap<>();
    private final List<FollowedTopic> raw = new ArrayList<>();
    private final List<RowListener> listeners = new ArrayList<>();
    private Runnable onApplied = () -> {};
    private OptionalInt expectedPartitions = OptionalInt.empty();
    private @Nullable SchemaCatalog catalog;

    /** @param reader {@link CodecReaders#rows} */
    public LoaderBuilder(LedgerConnection connection, RowReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    /** Keeps these tables, and proves their freshness. */
    public LoaderBuilder keep(List<String> topics) {
        topics.forEach(topic -> rows.put(topic, FollowedTopic.Mode.TABLE));
        return this;
    }

    /** Reads the rows of a table from its end on, for the listeners and {@code whenApplied}, and keeps none. */
    public LoaderBuilder followFromEnd(String topic) {
        rows.put(topic, FollowedTopic.Mode.FROM_END);
        return this;
    }

    /** Reads all of a topic of the ledger that is no table, such as {@code data-keys}; loaded before it is ready. */
    public LoaderBuilder follow(String topic, RecordFollower follower) {
        raw.add(new FollowedTopic(topic, FollowedTopic.Mode.WHOLE, true, false, follower));
        return this;
    }

    /** Like {@link #follow}, from its end on: for {@code whenApplied}. */
    public LoaderBuilder followFromEnd(String topic, RecordFollower follower) {
        raw.add(new FollowedTopic(topic, FollowedTopic.Mode.FROM_END, true, false, follower));
        return this;
    }

    /** Like {@link #follow}, for a topic with a number of partitions of its own. */
    public LoaderBuilder followOther(String topic, RecordFollower follower) {
        raw.add(new FollowedTopic(topic, FollowedTopic.Mode.WHOLE, false, false, follower));
        return this;
    }

    /** Like {@link #followOther}, with proofs of freshness: whoever follows it can tell silence from being cut off. */
    public LoaderBuilder followProved(String topic, RecordFollower follower) {
        raw.add(new FollowedTopic(topic, FollowedTopic.Mode.PROVED, false, false, follower));
        return this;
    }

    /** Loads the topic {@code schemas} first, and whenever a schema comes tries again what could not be read. */
    public LoaderBuilder learnSchemas(SchemaCatalog learning) {
        catalog = learning;
        return this;
    }

    /** Tells of each row after it was applied. */
    public LoaderBuilder onRow(RowListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Tells that something was applied, once what the loader says of its revisions and rows includes it. On the loader's
     * thread: it must not block.
     */
    public LoaderBuilder onApplied(Runnable listener) {
        onApplied = listener;
        return this;
    }

    /** Refuses topics of the ledger with another number of partitions. Otherwise they must agree with each other. */
    public LoaderBuilder expectPartitions(int partitions) {
        expectedPartitions = OptionalInt.of(partitions);
        return this;
    }

    /** Starts at once, and waits by itself for Kafka and for the topics. */
    public LedgerTablesLoader start() {
        if (rows.isEmpty() && raw.isEmpty()) {
            keep(Topics.TABLES);
        }
        var state = new LoaderState(onApplied);
        var all = new ArrayList<FollowedTopic>();
        var followers = new ArrayList<TableFollower>();
        // A table that is not kept, or not loaded yet, must not be taken for an empty one.
        Topics.TABLES.forEach(tables::beginLoading);
        rows.forEach((topic, mode) -> {
            var kept = mode == FollowedTopic.Mode.TABLE ? tables : null;
            var follower = new TableFollower(topic, kept, reader, listeners, state.counters);
            followers.add(follower);
            all.add(new FollowedTopic(topic, mode, true, false, follower));
        });
        all.addAll(raw);
        var learning = catalog;
        if (learning != null) {
            all.add(new FollowedTopic(Topics.SCHEMAS, FollowedTopic.Mode.WHOLE, false, true, record -> {
                learn(learning, record);
                followers.forEach(TableFollower::retryUnreadable);
            }));
        }
        var loader = new LedgerTablesLoader(connection, tables, all, expectedPartitions, state);
        loader.start();
        return loader;
    }

    private static void learn(SchemaCatalog catalog, ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        switch (SchemaRecord.read(record.key(), value)) {
            case Decoded.Value<SchemaRecord>(var schema) -> catalog.learn(schema);
            case Decoded.Unreadable<SchemaRecord>(var reason, var message) ->
                LOG.atError().log("Not learnt ({}): {}", reason, message);
        }
    }
}
