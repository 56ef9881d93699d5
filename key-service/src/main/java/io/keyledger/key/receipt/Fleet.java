package io.keyledger.key.receipt;

import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Collectors, by what they say of themselves, joined with the changes that they have to apply. Each start is one by
 * itself: a new one is no word from the process before, which may be dead, or only paused. All times are the broker's:
 * whoever calls tells them.
 */
public final class Fleet {

    /** The changes whose confirmations are awaited; beyond it the oldest are given up, for somebody is gone for long. */
    static final int MAX_OPEN = 1_024;

    /** For how long a Collector that is gone is told of. */
    static final Duration GONE_KEPT = Duration.ofHours(24);

    private final NavigableMap<Start, Member> members = new TreeMap<>();
    private final BitSet slots = new BitSet();
    private final Deque<Tracked> open = new ArrayDeque<>();

    /**
     * A process of a Collector.
     *
     * @param at by its own clock
     */
    private record Start(String id, Instant at) implements Comparable<Start> {
        private static final Comparator<Start> ORDER =
                Comparator.comparing(Start::id).thenComparing(Start::at);

        @Override
        public int compareTo(Start other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What is to be told of a Collector: once, until it was mended.
     *
     * @param clockOff how far its clock is off; null: nothing to tell
     * @param sharesId that another process has its id
     */
    record Alarm(@Nullable Duration clockOff, boolean sharesId) {}

    /**
     * Takes a status. A Collector counts from its first one on.
     *
     * @param at when Kafka appended it
     * @param now by the broker's clock; what is long past does not count again
     */
    synchronized Alarm onStatus(CollectorStatus status, Instant at, Instant now) {
        var start = new Start(status.collectorId(), status.startedAt());
        var member = members.computeIfAbsent(start, _ -> new Member(new Heard(status, at, null)));
        if (member.heard.status().state() == State.GOODBYE) {
            // Whatever it still says was on its way.
            return new Alarm(null, false);
        }
        boolean clockAlarm = member.clock.onStatus(status.reportedAt(), at);
        var heard = new Heard(status, at, member.clock.skew().orElse(null));
        member.heard = heard;
        if (heard.standing(now) == Standing.GONE) {
            leave(member);
        } else if (member.counts()) {
            forOpen(tracked -> {
                if (tracked.isPending(member.slot) && heard.confirms(tracked.target())) {
                    tracked.confirm(member.slot, at);
                }
            });
        } else {
            join(member);
        }
        boolean shared = member.sharesId;
        member.sharesId = namesakes(start.id()).anyMatch(member::isBeside);
        return new Alarm(clockAlarm ? heard.clockSkew() : null, member.sharesId && !shared);
    }

    /** Takes it that time has passed: whoever is silent for too long counts no more. */
    public synchronized void onTime(Instant now) {
        for (var member : members.values()) {
            if (member.heard.standing(now) == Standing.GONE) {
                leave(member);
            }
        }
        members.values().removeIf(member -> !member.counts() && isHistory(member, now));
    }

    /** Takes it that the broker's clock was set ahead: nobody was silent for that time. */
    synchronized void onStep(Duration ahead) {
        members.values().forEach(member -> member.onStep(ahead));
    }

    /** Of one that is gone is told for a day, or until it is there again by another start. */
    private boolean isHistory(Member gone, Instant now) {
        return gone.heard.at().plus(GONE_KEPT).isBefore(now)
                || (!gone.heard.isUnprovable(now)
                        && namesakes(gone.heard.status().collectorId()).anyMatch(Member::counts));
    }

    private Stream<Member> namesakes(String id) {
        return members.subMap(new Start(id, Instant.MIN), true, new Start(id, Instant.MAX), true).values().stream();
    }

    /** Forgets everything: it is all told again. What is awaited is awaited of those who are heard then. */
    public synchronized void reset() {
        members.clear();
        slots.clear();
        open.forEach(Tracked::giveUp);
        open.clear();
    }

    /**
     * Awaits a change from now on.
     *
     * @param isTimed whether it was made just now, so that the confirmations are seen as they come
     */
    public synchronized Tracked track(Target target, boolean isTimed) {
        var tracked = new Tracked(target, isTimed);
        for (var member : members.values()) {
            if (member.counts()) {
                if (member.heard.confirms(target)) {
                    tracked.confirm(member.slot, member.heard.at());
                } else {
                    tracked.expect(member.slot);
                }
            }
        }
        if (tracked.isConfirmed()) {
            tracked.complete();
            return tracked;
        }
        open.addLast(tracked);
        if (open.size() > MAX_OPEN) {
            open.removeFirst().giveUp();
        }
        return tracked;
    }

    /** Who has applied a change by now. */
    public synchronized Receipt receipt(Tracked tracked, Instant now) {
        int of = 0;
        var laggards = new ArrayList<Receipt.Named>();
        var unprovable = new ArrayList<Receipt.Named>();
        for (var member : members.values()) {
            var standing = member.heard.standing(now);
            if (standing == Standing.GONE) {
                if (member.heard.isUnprovable(now) && !member.heard.confirms(tracked.target())) {
                    unprovable.add(member.named(now));
                }
                continue;
            }
            of++;
            if (!member.heard.confirms(tracked.target())) {
                laggards.add(member.named(now));
            }
        }
        int enforcedOn = of - laggards.size();
        return new Receipt(enforcedOn, of, enforcedOn == 0 ? null : tracked.lastAfterMillis(), laggards, unprovable);
    }

    /** All that were heard of, by id and start. */
    public synchronized List<Receipt.Named> collectors(Instant now) {
        return members.values().stream().map(member -> member.named(now)).toList();
    }

    /** How many stand so. */
    public synchronized Map<Standing, Long> count(Instant now) {
        var count = new HashMap<Standing, Long>();
        members.values().forEach(member -> count.merge(member.heard.standing(now), 1L, Long::sum));
        return count;
    }

    /**
     * The largest skew of a Collector that counts.
     *
     * @param ahead whether of those whose clock is ahead of the broker's, or of those behind it
     */
    public synchronized Duration clockSkew(boolean ahead) {
        return members.values().stream()
                .filter(Member::counts)
                .flatMap(member -> Stream.ofNullable(member.heard.clockSkew()))
                .map(skew -> ahead ? skew : skew.negated())
                .filter(Duration::isPositive)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private void join(Member member) {
        member.slot = slots.nextClearBit(0);
        slots.set(member.slot);
        for (var tracked : open) {
            if (!member.heard.confirms(tracked.target())) {
                tracked.expect(member.slot);
            }
        }
    }

    private void leave(Member member) {
        if (!member.counts()) {
            return;
        }
        int slot = member.slot;
        forOpen(tracked -> tracked.leave(slot));
        slots.clear(slot);
        member.slot = Member.NO_SLOT;
    }

    private void forOpen(Consumer<Tracked> change) {
        for (Iterator<Tracked> all = open.iterator(); all.hasNext(); ) {
            var tracked = all.next();
            change.accept(tracked);
            if (tracked.isConfirmed()) {
                all.remove();
                tracked.complete();
            }
        }
    }
}
