package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.event.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what is in Kafka with what the events amount to: the tables and the ledger's stores byte by byte, and the
 * sources by what they must hold. Changes nothing, and works beside a running ledger: what changes meanwhile is passed over.
 * Takes one partition after the other: its memory is that of the largest.
 */
public final class LedgerCheck {

    private final KafkaProperties kafka;
    private final LedgerCodec codec;
    private final int partitions;
    private final Progress progress;

    /** Checks the ledger of that Kafka. */
    public LedgerCheck(KafkaProperties kafka, LedgerCodec codec, int partitions) {
        this(kafka, codec, partitions, Progress.untold());
    }

    LedgerCheck(KafkaProperties kafka, LedgerCodec codec, int partitions, Progress progress) {
        this.kafka = kafka;
        this.codec = codec;
        this.partitions = partitions;
        this.progress = progress;
    }

    /** Checks the ledger of the Kafka that is reached without TLS or passwords. */
    public static LedgerCheck at(String bootstrapServers, LedgerCodec codec, int partitions) {
        return new LedgerCheck(new KafkaProperties(bootstrapServers, (short) 1, Map.of()), codec, partitions);
    }

    /**
     * What was found.
     *
     * @param storesCompared partitions whose stores are there and were compared
     * @param wrong how much is wrong
     * @param findings the first hundred of it, a sentence each
     */
    public record Report(long events, long rows, int storesCompared, long wrong, List<String> findings) {}

    /**
     * Checks everything.
     *
     * @throws LedgerRefusesException if there is no ledger
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public Report run() {
        var findings = new Findings();
        var ledgerId = LedgerIdentity.requireRecorded(kafka);
        var generation = LedgerGeneration.inService(kafka);
        try (var admin = new LedgerAdmin(kafka);
                var reader = new CommittedReader(kafka, "keyledger-check")) {
            var missing = missing(generation, admin.topics());
            missing.forEach(
                    topic -> findings.add(topic + ": expected the topic, but there is none: rebuild the ledger"));
            var stores = LedgerStores.NAMES.stream().map(generation::changelog).noneMatch(missing::contains)
                    ? Optional.of(generation)
                    : Optional.<LedgerGeneration>empty();
            var events = 0L;
            var rows = 0L;
            for (int number = 0; number < partitions; number++) {
                var replay = new LedgerReplay(codec, ledgerId, number, partitions, findings);
                var check = new PartitionCheck(
                        new LedgerPartition(reader, admin, number), replay, codec, findings, progress);
                check.replay();
                rows += check.checkTables(Topics.TABLES.stream().filter(topic -> !missing.contains(topic)));
                check.checkStores(stores);
                events += replay.events();
            }
            return new Report(events, rows, stores.isPresent() ? partitions : 0, findings.count(), findings.first());
        }
    }

    private static List<String> missing(LedgerGeneration generation, Set<String> topics) {
        return Stream.concat(
                        LedgerTopology.WRITTEN.stream(),
                        LedgerStores.NAMES.stream().map(generation::changelog))
                .filter(topic -> !topics.contains(topic))
                .toList();
    }
}
