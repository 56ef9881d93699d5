package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Which set of stores is in service: each rebuild makes the next. The number is the one record of a compacted topic, so
 * that every instance starts with the same; no record: the first.
 *
 * @param number from 1 on
 */
record LedgerGeneration(int number) {

    static final LedgerGeneration FIRST = new LedgerGeneration(1);

    /** The key of the one record. */
    static final Bytes KEY = Bytes.wrap(Topics.LEDGER_GENERATION.getBytes(StandardCharsets.UTF_8));

    private static final String APPLICATION = "keyledger-ledger-g";
    private static final Pattern CHANGELOG = Pattern.compile(APPLICATION + "([1-9][0-9]{0,8})-.+-changelog");

    LedgerGeneration {
        if (number < 1) {
            throw new IllegalArgumentException("Expected a generation of 1 or more, but got " + number + ".");
        }
    }

    /**
     * The one that is in service.
     *
     * @throws LedgerRefusesException if the record is not a number
     */
    static LedgerGeneration inService(KafkaProperties kafka) {
        var last = new AtomicReference<byte @Nullable []>();
        new WholeTopic(kafka, Topics.LEDGER_GENERATION, 1).read(record -> last.set(record.value()));
        var value = last.get();
        return value == null ? FIRST : read(value);
    }

    /** Of a store's changelog; empty: the topic is none. */
    static Optional<LedgerGeneration> ofChangelog(String topic) {
        var matcher = CHANGELOG.matcher(topic);
        return matcher.matches()
                ? Optional.of(new LedgerGeneration(Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    LedgerGeneration next() {
        return new LedgerGeneration(number + 1);
    }

    /** The Kafka Streams application: its consumer group, its transactions, its changelogs, its directory. */
    String applicationId() {
        return APPLICATION + number;
    }

    /** The topic from which the store of that name is restored. */
    String changelog(String store) {
        return applicationId() + "-" + store + "-changelog";
    }

    byte[] toBytes() {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static LedgerGeneration read(byte[] value) {
        try {
            return new LedgerGeneration(Integer.parseInt(new String(value, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new LedgerRefusesException(
                    "Expected a generation's number as the record of topic " + Topics.LEDGER_GENERATION
                            + ", but it is not one.",
                    e);
        }
    }
}
