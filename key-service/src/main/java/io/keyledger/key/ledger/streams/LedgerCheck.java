package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.Topics;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is in Kafka with what the events amount to: the tables row by row, and, where the ledger stands still,
 * its stores byte by byte. Reads all of key-events, so that it takes its time and memory with the ledger's size.
 */
public final class LedgerCheck {

    private final KafkaProperties kafka;
    private final LedgerCodec codec;
    private final int partitions;

    /** Checks the ledger of that Kafka. */
    public LedgerCheck(KafkaProperties kafka, LedgerCodec codec, int partitions) {
        this.kafka = kafka;
        this.codec = codec;
        this.partitions = partitions;
    }

    /** Checks the ledger of the Kafka that is reached without TLS or passwords. */
    public static LedgerCheck at(String bootstrapServers, LedgerCodec codec, int partitions) {
        return new LedgerCheck(new KafkaProperties(bootstrapServers, (short) 1, Map.of()), codec, partitions);
    }

    /**
     * What was found.
     *
     * @param storesCompared partitions whose stores stood at the last event and were compared too
     * @param wrong how much is wrong
     * @param findings the first hundred of it, a sentence each
     */
    public record Report(long events, long rows, int storesCompared, long wrong, List<String> findings) {}

    private record LiveRow(@Nullable Row row, long revision) {}

    /**
     * Checks everything.
     *
     * @param applicationId of the ledger's Kafka Streams, whose changelogs hold the stores
     */
    public Report run(String applicationId) {
        var findings = new Findings();
        var replay = new LedgerReplay(codec, ledgerId(), partitions, findings);
        var events = new AtomicLong();
        new WholeTopic(kafka, Topics.KEY_EVENTS, partitions).read(record -> {
            events.incrementAndGet();
            replay.onEvent(record);
        });
        var rows = 0L;
        for (var topic : Topics.TABLES) {
            rows += compareTable(topic, replay, findings);
        }
        var stores = compareStores(applicationId, replay, findings);
        return new Report(events.get(), rows, stores, findings.count(), findings.first());
    }

    private UUID ledgerId() {
        var ids = new ArrayList<UUID>();
        new WholeTopic(kafka, Topics.LEDGER_ID, 1)
                .read(record -> ids.add(UUID.fromString(new String(record.value(), StandardCharsets.UTF_8))));
        return ids.getFirst();
    }

    private long compareTable(String topic, LedgerReplay replay, Findings findings) {
        var live = new HashMap<Integer, Map<RowKey, LiveRow>>();
        new WholeTopic(kafka, topic, partitions).read(record -> {
            try {
                live.computeIfAbsent(record.partition(), _ -> new HashMap<>())
                        .put(RowKey.parse(topic, record.key()), read(topic, record));
            } catch (RuntimeException e) {
                findings.add(topic + "-" + record.partition() + "@" + record.offset() + ": " + e.getMessage());
            }
        });
        var compared = 0L;
        for (int partition = 0; partition < partitions; partition++) {
            var derived = replay.of(partition);
            var found = live.getOrDefault(partition, Map.of());
            var until = derived.head().sequence().revision();
            for (var row : derived.rows().entrySet()) {
                if (row.getKey().topic().equals(topic)) {
                    compared++;
                    compare(row.getKey(), row.getValue(), found.get(row.getKey()), until, findings);
                }
            }
            found.forEach((key, row) -> {
                if (!derived.rows().containsKey(key) && row.revision() <= until) {
                    findings.add(topic + ": Expected no row of " + key + ", for no event made one.");
                }
            });
        }
        return compared;
    }

    private static void compare(
            RowKey key, Optional<Row> expected, @Nullable LiveRow found, long until, Findings findings) {
        if (found != null && found.revision() > until) {
            // The ledger went on while the events were read.
            return;
        }
        var row = found == null ? null : found.row();
        if (!expected.equals(Optional.ofNullable(row))) {
            findings.add(key.topic() + ": Expected " + expected + ", but found " + row);
        }
    }

    private LiveRow read(String topic, ConsumerRecord<byte[], byte[]> record) {
        var revision = LedgerHeaders.findRevision(record.headers())
                .orElseThrow(() -> new IllegalStateException("Expected the header revision."));
        byte @Nullable [] value = record.value();
        return new LiveRow(value == null ? null : decode(topic, value, record).orThrow(), revision);
    }

    private Decoded<? extends Row> decode(String topic, byte[] value, ConsumerRecord<byte[], byte[]> record) {
        return switch (topic) {
            case Topics.KEY_STATE -> codec.decode(RecordType.KEY_STATE, value, record.headers());
            case Topics.HOST_TO_SYSTEM -> codec.decode(RecordType.HOST_TO_SYSTEM, value, record.headers());
            case Topics.SYSTEM_STATE -> codec.decode(RecordType.SYSTEM_STATE, value, record.headers());
            case Topics.USER_STATE -> codec.decode(RecordType.USER_STATE, value, record.headers());
            case Topics.ORGANIZATION_STATE -> codec.decode(RecordType.ORGANIZATION_STATE, value, record.headers());
            default -> throw new IllegalArgumentException("Expected a table's topic, but got " + topic + ".");
        };
    }

    private int compareStores(String applicationId, LedgerReplay replay, Findings findings) {
        var state = changelog(applicationId, LedgerStores.STATE);
        var meta = changelog(applicationId, LedgerStores.META);
        var compared = 0;
        for (int partition = 0; partition < partitions; partition++) {
            var derived = replay.of(partition);
            var head = PartitionHead.find(meta.getOrDefault(partition, new StateRecords.InMemory()));
            if (head.isEmpty()
                    ? derived.head().sequence().revision() == 0
                    : head.get().equals(derived.head())) {
                compared++;
                compareState(
                        partition,
                        derived.state(),
                        state.getOrDefault(partition, new StateRecords.InMemory())
                                .map(),
                        findings);
            } else if (head.isEmpty()
                    || head.get().sequence().revision()
                            <= derived.head().sequence().revision()) {
                findings.add(
                        LedgerStores.META + "-" + partition + ": Expected " + derived.head() + ", but found " + head);
            }
        }
        return compared;
    }

    private static void compareState(
            int partition, Map<Bytes, byte[]> expected, Map<Bytes, byte[]> found, Findings findings) {
        var all = new TreeSet<>(expected.keySet());
        all.addAll(found.keySet());
        for (var key : all) {
            if (!Arrays.equals(expected.get(key), found.get(key))) {
                findings.add(LedgerStores.STATE + "-" + partition + ": Expected another value of "
                        + HexFormat.of().formatHex(key.get()) + " than is stored.");
            }
        }
    }

    private Map<Integer, StateRecords.InMemory> changelog(String applicationId, String store) {
        var stores = new HashMap<Integer, StateRecords.InMemory>();
        new WholeTopic(kafka, applicationId + "-" + store + "-changelog", partitions)
                .read(record -> stores.computeIfAbsent(record.partition(), _ -> new StateRecords.InMemory())
                        .put(Bytes.wrap(record.key()), record.value()));
        return stores;
    }
}
