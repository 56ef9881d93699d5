package io.keyledger.key.receipt;

import io.keyledger.event.EventId;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.CommandReply.Applied;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which Collectors there are, and which of them have applied a change. */
public final class Receipts {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** For how long it may take to hear what is said by now: milliseconds, while Kafka is there. */
    private static final Duration HEARING = Duration.ofSeconds(1);

    /** Of one organization: fewer than there can be of all, so that others find some left. */
    private static final int LOOK_UPS_EACH = KafkaPastChanges.AT_ONCE / 2;

    /** Changes of one organization that wait at a time: each keeps a connection, and there are 1,024 of them. */
    static final int WAITING_EACH = 256;

    private final Fleet fleet;
    private final RecentChanges recent;
    private final PastChanges past;
    private final BrokerTime time;
    private final BooleanSupplier known;
    private final Hearing hearing;
    private final int partitions;
    private final Places lookUps = new Places(LOOK_UPS_EACH);
    private final Places waiting = new Places(WAITING_EACH);
    private final Set<Tracked> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean isEnding;

    /** Tells whether all was read that the Collectors had said of themselves when it was asked. */
    interface Hearing {
        /**
         * True once it was; false if that takes longer.
         *
         * @param within completes by then
         */
        CompletionStage<Boolean> whenAllRead(Duration within);
    }

    /**
     * Joins.
     *
     * @param known whether all statuses have been read up to a moment ago
     * @param partitions of the ledger
     */
    Receipts(
            Fleet fleet,
            RecentChanges recent,
            PastChanges past,
            BrokerTime time,
            BooleanSupplier known,
            Hearing hearing,
            int partitions) {
        this.fleet = fleet;
        this.recent = recent;
        this.past = past;
        this.time = time;
        this.known = known;
        this.hearing = hearing;
        this.partitions = partitions;
    }

    /**
     * Does nothing while receipts can be given.
     *
     * @throws ReceiptsUnavailableException if it is not known which Collectors there are
     */
    public void requireKnown() {
        if (!known.getAsBoolean()) {
            throw unknown();
        }
    }

    private static ReceiptsUnavailableException unknown() {
        return new ReceiptsUnavailableException("What the Collectors say of themselves cannot be read now.");
    }

    /**
     * All Collectors, by id, with those that are gone since yesterday.
     *
     * @throws ReceiptsUnavailableException if it is not known which there are
     */
    public List<Receipt.Named> collectors() {
        requireKnown();
        return fleet.collectors(time.now());
    }

    /**
     * An organization's change, to ask for its receipt; empty if there is none of that id.
     *
     * @throws ReceiptsUnavailableException if it is not known
     */
    public Optional<Tracked> find(OrganizationId organization, EventId event) {
        requireKnown();
        return recent.find(organization, event)
                .or(() -> lookUp(organization, event)
                        .map(found -> recent.past(Topics.partition(organization, partitions), found)));
    }

    private Optional<LedgerEvent> lookUp(OrganizationId organization, EventId event) {
        if (!lookUps.tryTake(organization)) {
            throw new ReceiptsUnavailableException(
                    "Too many changes of long ago are looked up at once for this organization.");
        }
        try {
            return past.find(organization, event);
        } finally {
            lookUps.giveBack(organization);
        }
    }

    /**
     * Who has applied a change by now.
     *
     * @throws ReceiptsUnavailableException if it is not known which Collectors there are
     */
    public Receipt require(Tracked tracked) {
        var receipt = now(tracked);
        if (receipt == null) {
            throw unknown();
        }
        return receipt;
    }

    /** {@link #require}, or null if it is not known which Collectors there are. */
    public @Nullable Receipt now(Tracked tracked) {
        var receipt = look(tracked);
        return receipt == null || !receipt.isComplete() ? receipt : complete(tracked, hearing.whenAllRead(HEARING));
    }

    /**
     * Looks again when all is known that was said by now: a Collector of which nothing was heard yet may serve already.
     * One that begins later begins with the change.
     */
    private @Nullable Receipt complete(Tracked tracked, CompletionStage<Boolean> heard) {
        return heard.toCompletableFuture().join() ? look(tracked) : null;
    }

    private @Nullable Receipt look(Tracked tracked) {
        if (!known.getAsBoolean()) {
            return null;
        }
        var receipt = fleet.receipt(tracked, time.now());
        // Forgotten in between, it would be complete for nobody.
        return known.getAsBoolean() ? receipt : null;
    }

    /** Ends all waiting, for good: whoever waits gets the receipt as it is. */
    public void end() {
        isEnding = true;
        awaited.forEach(Tracked::complete);
    }

    /** {@link #now}, as soon as all have applied it, or time is out, or all waiting has its {@link #end}. */
    public @Nullable Receipt await(Tracked tracked, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        awaited.add(tracked);
        try {
            // Asked for before the wait: it takes no longer than the confirmations.
            var heard = hearing.whenAllRead(HEARING);
            if (!isEnding) {
                tracked.await(timeout);
            }
            var receipt = look(tracked);
            if (receipt != null && receipt.isComplete()) {
                receipt = complete(tracked, heard);
            }
            // Completed, but by one who left, or who loads anew: look until it is so.
            while (!isEnding && (receipt == null || !receipt.isComplete()) && System.nanoTime() < end) {
                Thread.sleep(LOOK);
                receipt = now(tracked);
            }
            return receipt;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now(tracked);
        } finally {
            awaited.remove(tracked);
        }
    }

    /** {@link #await} for a command that was just answered; at once if as many of its organization wait as may. */
    public @Nullable Receipt await(Applied answer, Duration timeout) {
        var tracked = track(answer);
        if (!waiting.tryTake(answer.organizationId())) {
            // The change is made: no place to wait is no error.
            return now(tracked);
        }
        try {
            return await(tracked, timeout);
        } finally {
            waiting.giveBack(answer.organizationId());
        }
    }

    private Tracked track(Applied answer) {
        var held = answer.touched().entrySet().stream()
                .filter(table -> Topics.TABLES.contains(table.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return recent.answered(answer.partition(), held, answer.at(), answer.changedNow(), time.now());
    }
}
