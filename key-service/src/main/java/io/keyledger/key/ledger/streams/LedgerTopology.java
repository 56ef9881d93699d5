package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Commands in; events, rows, sources and replies out, in one transaction. Every step and every store has a name. */
final class LedgerTopology implements Supplier<Topology> {

    private static final String READ_COMMANDS = "read-" + Topics.KEY_COMMANDS;
    private static final String RULE = "rule-on-command";

    /** What the ledger writes, one sink each. */
    static final List<String> WRITTEN = List.of(
            Topics.KEY_EVENTS,
            Topics.KEY_STATE,
            Topics.HOST_TO_SYSTEM,
            Topics.SYSTEM_STATE,
            Topics.USER_STATE,
            Topics.ORGANIZATION_STATE,
            Topics.SEALED_SECRETS,
            Topics.DATA_KEYS,
            Topics.KEY_COMMAND_REPLIES);

    private final LedgerParts parts;
    private final Function<String, KeyValueBytesStoreSupplier> engine;

    /**
     * The ledger on a kind of store.
     *
     * @param engine makes the engine of the store of that name
     */
    LedgerTopology(LedgerParts parts, Function<String, KeyValueBytesStoreSupplier> engine) {
        this.parts = parts;
        this.engine = engine;
    }

    @Override
    public Topology get() {
        var topology = new Topology()
                .addSource(READ_COMMANDS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.KEY_COMMANDS)
                .addProcessor(RULE, rules(), READ_COMMANDS);
        for (var topic : WRITTEN) {
            topology.addSink(
                    sink(topic), topic, SinkKey.SERIALIZER, new ByteArraySerializer(), SinkKey.PARTITIONER, RULE);
        }
        return topology;
    }

    /** The name of the sink to a topic. */
    static String sink(String topic) {
        return "write-" + topic;
    }

    private ProcessorSupplier<byte[], byte[], SinkKey, byte[]> rules() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], SinkKey, byte[]> get() {
                return new LedgerProcessor(parts);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return LedgerStores.builders(engine);
            }
        };
    }
}
