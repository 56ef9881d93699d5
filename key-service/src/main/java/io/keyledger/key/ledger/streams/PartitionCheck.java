package io.keyledger.key.ledger.streams;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.event.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/**
 * Checks one partition beside a running ledger. What is read after the events may be newer than they are: a newer row says so
 * itself, and for the stores the events are read once more at last, since what those touch cannot be compared.
 */
final class PartitionCheck {

    private final LedgerPartition partition;
    private final LedgerReplay replay;
    private final LedgerCodec codec;
    private final SourceCheck sources;
    private final Findings findings;
    private final Progress progress;
    private final List<TableComparison.Difference> ahead = new ArrayList<>();
    /** Where the partition stood after each event that was written meanwhile. */
    private final Map<Long, PartitionHead> heads = new HashMap<>();

    private final Set<Bytes> moving = new HashSet<>();

    private record Stores(StateRecords.InMemory state, StateRecords.InMemory sealed, Optional<PartitionHead> head) {}

    PartitionCheck(
            LedgerPartition partition, LedgerReplay replay, LedgerCodec codec, Findings findings, Progress progress) {
        this.partition = partition;
        this.replay = replay;
        this.codec = codec;
        this.sources = new SourceCheck(codec, partition, findings);
        this.findings = findings;
        this.progress = progress;
    }

    /** Reads all events. */
    void replay() {
        progress.step("reading the events of partition " + partition.number());
        partition.read(Topics.KEY_EVENTS, record -> {
            replay.onEvent(record);
            progress.done();
        });
        rememberHead();
    }

    /** Compares tables; returns the number of rows. */
    long checkTables(Stream<String> topics) {
        var tables = new TableComparison(codec);
        var until = replay.head().sequence().revision();
        return topics.mapToLong(topic -> {
                    progress.step("comparing " + topic + " of partition " + partition.number());
                    return tables.compare(topic, replay, partition, difference -> {
                        if (difference.liveRevision() > until) {
                            ahead.add(difference);
                        } else {
                            findings.add(difference.finding());
                        }
                    });
                })
                .sum();
    }

    /** Checks the sources, and the stores of that generation; empty: they are not all there. */
    void checkStores(Optional<LedgerGeneration> generation) {
        progress.step("comparing the stores of partition " + partition.number());
        // The stores before the sources, and both before the last events: what these do not touch must be as it is.
        var stores = generation.map(this::read);
        sources.check(replay);
        stores.ifPresent(this::compareSecrets);
        partition.readFrom(replay.nextOffset(), Topics.KEY_EVENTS, record -> {
            moving.addAll(replay.onEvent(record));
            rememberHead();
        });
        stores.ifPresent(this::compareState);
        ahead.stream()
                .filter(row -> row.liveRevision() > replay.head().sequence().revision())
                .forEach(row -> findings.add(row.finding()));
    }

    private Stores read(LedgerGeneration generation) {
        return new Stores(
                partition.store(generation.changelog(LedgerStores.STATE)),
                partition.store(generation.changelog(LedgerStores.SEALED_SECRETS)),
                PartitionHead.find(partition.store(generation.changelog(LedgerStores.META))));
    }

    private void compareSecrets(Stores stores) {
        var expected = sources.store();
        var keys = Stream.concat(stores.sealed().map().keySet().stream(), expected.map().keySet().stream())
                .collect(Collectors.toSet());
        new StoreComparison(LedgerStores.SEALED_SECRETS, partition.number(), findings)
                .compare(expected, stores.sealed(), sources.newer(keys));
    }

    private void compareState(Stores stores) {
        new StoreComparison(LedgerStores.STATE, partition.number(), findings)
                .compare(replay.state(), stores.state(), moving);
        var revision = stores.head().map(head -> head.sequence().revision()).orElse(0L);
        var expected = heads.get(revision);
        if (expected == null || !stores.head().map(expected::equals).orElse(revision == 0)) {
            findings.add(LedgerStores.META + "-" + partition.number() + ": expected revision "
                    + replay.head().sequence().revision() + " and its chain, but found revision " + revision
                    + (expected == null ? "" : " and another chain"));
        }
    }

    private void rememberHead() {
        heads.put(replay.head().sequence().revision(), replay.head());
    }
}
