package io.keyledger.key.receipt;

import io.keyledger.event.CollectorReport.Applied;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Collectors of tests say: one partition, all tables alike unless told otherwise. */
public record Statuses(
        String id,
        State state,
        Health health,
        @Nullable Duration staleness,
        Duration maxStaleness,
        boolean failOpen,
        Instant startedAt,
        List<Applied> applied) {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /** One that serves and has applied all tables up to a revision. */
    static Statuses of(String id, long revision) {
        return of(id, revision, 1);
    }

    /** The same in so many partitions. */
    public static Statuses of(String id, long revision, int partitions) {
        var tables = Topics.TABLES.stream()
                .map(table -> new Applied(table, 0, Collections.nCopies(partitions, revision)))
                .toList();
        return new Statuses(
                id, State.SERVING, Health.HEALTHY, Duration.ofMillis(300), Duration.ofMinutes(5), false, START, tables);
    }

    Statuses state(State another) {
        return new Statuses(id, another, health, staleness, maxStaleness, failOpen, startedAt, applied);
    }

    Statuses health(Health another) {
        return new Statuses(id, state, another, staleness, maxStaleness, failOpen, startedAt, applied);
    }

    Statuses staleness(@Nullable Duration another) {
        return new Statuses(id, state, health, another, maxStaleness, failOpen, startedAt, applied);
    }

    Statuses failingOpen() {
        return new Statuses(id, state, health, staleness, maxStaleness, true, startedAt, applied);
    }

    /** Another process of the same id. */
    public Statuses startedLater(Duration by) {
        return new Statuses(id, state, health, staleness, maxStaleness, failOpen, startedAt.plus(by), applied);
    }

    /** One table is another. */
    Statuses table(String table, long unreadyRows, long revision) {
        var others = applied.stream()
                .map(one -> one.table().equals(table) ? new Applied(table, unreadyRows, List.of(revision)) : one);
        return new Statuses(id, state, health, staleness, maxStaleness, failOpen, startedAt, others.toList());
    }

    /** As it is reported. */
    public CollectorStatus status(Instant reportedAt) {
        return new CollectorStatus(
                id,
                "1.0.0",
                "eu-1",
                "http://10.0.0.1:8081",
                startedAt,
                reportedAt,
                state,
                health,
                staleness,
                maxStaleness,
                failOpen,
                applied);
    }
}
