package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.event.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes everything anew from the events, and puts it into service: the tables are mended row by row, and the stores of the next
 * generation are written beside those in service. The last transaction makes it the one in service; before it the ledger
 * is as it was, so that a rebuild that is interrupted is begun again. Takes one partition after the other: its memory is
 * that of the largest.
 */
final class LedgerRebuild {

    private final KafkaProperties kafka;
    private final LedgerCodec codec;
    private final int partitions;
    private final Progress progress;
    private final Findings broken = new Findings();
    private final Findings mended = new Findings();
    private final Findings lost = new Findings();
    private long events;
    private long stored;

    /**
     * What came of it.
     *
     * @param generation that is in service now
     * @param stored records of its stores
     * @param mended how many rows were not what the events amount to, and are now
     * @param differences the first hundred of them, a sentence each
     * @param lost what no event can bring back, a sentence each
     */
    record Report(int generation, long events, long stored, long mended, List<String> differences, List<String> lost) {}

    /** The events do not hold: nothing was put into service. */
    static final class BrokenEvents extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<String> findings;

        private BrokenEvents(List<String> findings) {
            super("The events do not hold, and nothing was put into service: " + findings.getFirst());
            this.findings = findings;
        }

        List<String> findings() {
            return findings;
        }
    }

    LedgerRebuild(KafkaProperties kafka, LedgerCodec codec, int partitions, Progress progress) {
        this.kafka = kafka;
        this.codec = codec;
        this.partitions = partitions;
        this.progress = progress;
    }

    /**
     * Rebuilds; the topics are there.
     *
     * @throws LedgerRefusesException if an instance of the ledger is alive, or there is no ledger
     * @throws BrokenEvents if the events are not whole
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer, or another rebuild has begun
     */
    Report run() {
        var ledgerId = LedgerIdentity.requireRecorded(kafka);
        var before = LedgerGeneration.inService(kafka);
        var next = before.next();
        try (var admin = new LedgerAdmin(kafka);
                var reader = new CommittedReader(kafka, "keyledger-rebuild-read")) {
            progress.step("waiting for the ledger to stand still");
            try (var hold = GroupHold.take(kafka, admin, before);
                    var writer = new RebuildWriter(kafka)) {
                admin.delete(changelogsBut(before, admin.topics()));
                var there = admin.topics();
                admin.create(LedgerTopics.changelogs(next, partitions));
                for (int number = 0; number < partitions; number++) {
                    rebuild(ledgerId, new LedgerPartition(reader, admin, number), before, next, there, writer);
                }
                var positions = CommandPositions.of(reader, admin, before, partitions);
                admin.commit(next.applicationId(), positions);
                writer.finish(
                        Topics.LEDGER_GENERATION, LedgerGeneration.KEY.get(), next.toBytes(), hold.member(), positions);
                progress.step("removing the stores before");
                // Before the hold ends: who still comes with the old generation finds no stores, and says so.
                admin.delete(changelogsBut(next, admin.topics()));
            }
        }
        return new Report(next.number(), events, stored, mended.count(), mended.first(), lost.first());
    }

    private void rebuild(
            UUID ledgerId,
            LedgerPartition partition,
            LedgerGeneration before,
            LedgerGeneration next,
            Set<String> there,
            RebuildWriter writer) {
        var number = partition.number();
        var replay = new LedgerReplay(codec, ledgerId, number, partitions, broken);
        progress.step("reading the events of partition " + number);
        partition.read(Topics.KEY_EVENTS, record -> {
            replay.onEvent(record);
            progress.done();
        });
        var isKept = requireWhole(replay, partition, before, there);
        events += replay.events();

        var tables = new TableComparison(codec);
        for (var topic : Topics.TABLES) {
            progress.step("mending " + topic + " of partition " + number);
            tables.compare(topic, replay, partition, difference -> {
                mended.add(difference.finding());
                writer.write(number, difference.mend());
            });
            // Nothing is left open while the next one is read, however long that takes.
            writer.commit();
        }
        progress.step("writing the stores of partition " + number);
        var meta = new StateRecords.InMemory();
        replay.head().write(meta);
        var sources = new SourceCheck(codec, partition, lost);
        sources.check(replay);
        write(next, LedgerStores.STATE, number, replay.state(), writer);
        write(next, LedgerStores.META, number, meta, writer);
        write(next, LedgerStores.SEALED_SECRETS, number, sources.store(), writer);
        var idempotency = before.changelog(LedgerStores.IDEMPOTENCY);
        if (isKept && there.contains(idempotency)) {
            write(next, LedgerStores.IDEMPOTENCY, number, partition.store(idempotency), writer);
        } else if (replay.events() > 0) {
            lost.add(LedgerStores.IDEMPOTENCY + "-" + number
                    + ": the first answers by Idempotency-Key are lost: a request that is repeated is applied again");
        }
        writer.commit();
    }

    private void write(
            LedgerGeneration next, String store, int partition, StateRecords.InMemory records, RebuildWriter writer) {
        stored += records.map().size();
        writer.write(next.changelog(store), partition, records);
    }

    /** Returns whether the stores before are there: Kafka Streams makes lost ones anew, empty. */
    private boolean requireWhole(
            LedgerReplay replay, LedgerPartition partition, LedgerGeneration before, Set<String> there) {
        var meta = before.changelog(LedgerStores.META);
        var head = there.contains(meta) ? PartitionHead.find(partition.store(meta)) : Optional.<PartitionHead>empty();
        var last = replay.head().sequence().revision();
        head.map(found -> found.sequence().revision())
                .filter(revision -> revision > last)
                .ifPresent(revision -> broken.add(Topics.KEY_EVENTS + "-" + partition.number()
                        + ": expected events up to revision " + revision
                        + ", which the ledger has written, but the last is " + last + ": bring them back first"));
        if (broken.count() > 0) {
            throw new BrokenEvents(broken.first());
        }
        return head.isPresent();
    }

    /** What other rebuilds have left. */
    private static List<String> changelogsBut(LedgerGeneration generation, Set<String> topics) {
        var others = new ArrayList<String>();
        for (var topic : topics) {
            LedgerGeneration.ofChangelog(topic)
                    .filter(of -> !of.equals(generation))
                    .ifPresent(_ -> others.add(topic));
        }
        return others;
    }
}
