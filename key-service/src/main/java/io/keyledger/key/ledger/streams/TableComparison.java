package io.keyledger.key.ledger.streams;

import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.RowChange;
import io.keyledger.table.Row;
import io.keyledger.table.RowKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Compares the rows of one partition with those that the events amount to, byte by byte. */
final class TableComparison {

    private final LedgerCodec codec;
    private final RecordEncoder encoder;

    TableComparison(LedgerCodec codec) {
        this.codec = codec;
        this.encoder = new RecordEncoder(codec);
    }

    /**
     * A row that is not what the events amount to.
     *
     * @param mend the record that makes it so
     * @param liveRevision of the row that is there; 0: there is none, or it does not say it
     * @param finding a sentence
     */
    record Difference(Outgoing mend, long liveRevision, String finding) {}

    private record Live(@Nullable Bytes value, Headers headers) {
        static Live of(ConsumerRecord<byte[], byte[]> record) {
            return new Live(Bytes.wrap(record.value()), record.headers());
        }

        long revision() {
            return LedgerHeaders.findRevision(headers).orElse(0);
        }
    }

    /**
     * Compares one table.
     *
     * @param differs is told of each difference, also of rows that are newer than the replay
     * @return how many rows were compared
     */
    long compare(String topic, LedgerReplay replay, LedgerPartition partition, Consumer<Difference> differs) {
        var live = new HashMap<Bytes, Live>();
        partition.read(topic, record -> live.put(Bytes.wrap(record.key()), Live.of(record)));
        var compared = 0L;
        for (var change : replay.rows().values()) {
            if (change.key().topic().equals(topic)) {
                compared++;
                var expected = encoder.row(change);
                var found = Optional.ofNullable(live.remove(expected.key().recordKey()));
                difference(change, expected, found.orElse(null))
                        .map(what -> new Difference(
                                expected, found.map(Live::revision).orElse(0L), where(partition, change.key(), what)))
                        .ifPresent(differs);
            }
        }
        strays(topic, live, replay, partition).forEach(differs);
        return compared;
    }

    private Optional<String> difference(RowChange change, Outgoing expected, @Nullable Live found) {
        var wanted = expected.value();
        if (found == null || found.value() == null) {
            return wanted == null ? Optional.empty() : Optional.of("expected a row, but there is none");
        }
        var value = found.value().get();
        if (wanted == null || !(change instanceof RowChange.Put(var row))) {
            return Optional.of("expected no row, for its event took it away");
        }
        if (Arrays.equals(wanted.get(), value) && isSame(expected.headers(), found.headers())) {
            return Optional.empty();
        }
        return switch (read(expected.topic(), value, found.headers())) {
            case Decoded.Unreadable<? extends Row>(var _, var message) -> Optional.of(message);
            case Decoded.Value<? extends Row>(var other)
            when !row.equals(other) -> Optional.of(FirstDifference.of((Record) row, (Record) other));
            case Decoded.Value<? extends Row> _ -> difference(expected, wanted.get(), value, found);
        };
    }

    /** Of two rows that mean the same. */
    private static Optional<String> difference(Outgoing expected, byte[] wanted, byte[] value, Live found) {
        if (LedgerHeaders.findRevision(expected.headers()).orElse(0) != found.revision()) {
            return Optional.of("expected revision "
                    + LedgerHeaders.findRevision(expected.headers()).orElse(0) + " in the header, but found "
                    + found.revision());
        }
        // Written with another version of the schema, the same row has other bytes.
        return isSame(expected.headers(), found.headers())
                ? Optional.of(FirstDifference.of(wanted, value))
                : LedgerHeaders.find(found.headers(), Topics.HEADER_FINGERPRINT).isPresent()
                        ? Optional.empty()
                        : Optional.of("expected a fingerprint in the header, but there is none");
    }

    private static boolean isSame(Headers expected, Headers found) {
        return LedgerHeaders.findRevision(expected).equals(LedgerHeaders.findRevision(found))
                && Arrays.equals(
                        LedgerHeaders.find(expected, Topics.HEADER_FINGERPRINT).orElse(null),
                        LedgerHeaders.find(found, Topics.HEADER_FINGERPRINT).orElse(null));
    }

    private static Stream<Difference> strays(
            String topic, Map<Bytes, Live> left, LedgerReplay replay, LedgerPartition partition) {
        return left.entrySet().stream()
                .filter(row -> row.getValue().value() != null)
                .map(row -> {
                    var headers = new RecordHeaders();
                    LedgerHeaders.putRevision(headers, replay.head().sequence().revision());
                    var mend = new Outgoing(
                            topic, new SinkKey.OfPartition(partition.number(), row.getKey()), null, headers);
                    return new Difference(
                            mend,
                            row.getValue().revision(),
                            topic + "-" + partition.number() + ": " + name(topic, row.getKey())
                                    + ": expected no row, for no event made one");
                });
    }

    private static String name(String topic, Bytes key) {
        try {
            return RowKey.parse(topic, key.get()).toString();
        } catch (IllegalArgumentException _) {
            return "the key " + key;
        }
    }

    private static String where(LedgerPartition partition, RowKey key, String what) {
        return key.topic() + "-" + partition.number() + ": " + key + ": " + what;
    }

    private Decoded<? extends Row> read(String topic, byte[] value, Headers headers) {
        return switch (topic) {
            case Topics.KEY_STATE -> codec.decode(RecordType.KEY_STATE, value, headers);
            case Topics.HOST_TO_SYSTEM -> codec.decode(RecordType.HOST_TO_SYSTEM, value, headers);
            case Topics.SYSTEM_STATE -> codec.decode(RecordType.SYSTEM_STATE, value, headers);
            case Topics.USER_STATE -> codec.decode(RecordType.USER_STATE, value, headers);
            case Topics.ORGANIZATION_STATE -> codec.decode(RecordType.ORGANIZATION_STATE, value, headers);
            default -> throw new IllegalArgumentException("Expected a table's topic, but got " + topic + ".");
        };
    }
}
