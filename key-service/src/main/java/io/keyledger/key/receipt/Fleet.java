package io.keyledger.key.receipt;

import io.keyledger.event.CollectorReport.CollectorStatus;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Collectors, by what they say of themselves, joined with the changes that they have to apply. All times are the
 * broker's: whoever calls tells them.
 */
public final class Fleet {

    /** The changes whose confirmations are awaited; beyond it the oldest are given up, for somebody is gone for long. */
    static final int MAX_OPEN = 1_024;

    /** For how long a Collector that is gone is told of. */
    static final Duration GONE_KEPT = Duration.ofHours(24);

    private static final int NO_SLOT = -1;

    private final Map<String, Member> members = new TreeMap<>();
    private final BitSet slots = new BitSet();
    private final Deque<Tracked> open = new ArrayDeque<>();

    private static final class Member {
        private final ClockSkew clock = new ClockSkew();
        private Heard heard;
        /** Its bit in what is awaited while it counts. */
        private int slot = NO_SLOT;

        private Member(Heard heard) {
            this.heard = heard;
        }

        private boolean counts() {
            return slot != NO_SLOT;
        }
    }

    /**
     * Takes a status. A Collector counts from its first one on.
     *
     * @param at when Kafka appended it
     * @param now by the broker's clock; what is long past does not count again
     * @return how far its clock is off, if that is to be told now: once, until it was set
     */
    public synchronized Optional<Duration> onStatus(CollectorStatus status, Instant at, Instant now) {
        var member = members.computeIfAbsent(status.collectorId(), _ -> new Member(new Heard(status, at, null)));
        boolean alarm = member.clock.onStatus(status.startedAt(), status.reportedAt(), at);
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
        return alarm ? member.clock.skew() : Optional.empty();
    }

    /** Takes it that time has passed: whoever is silent for too long counts no more. */
    public synchronized void onTime(Instant now) {
        members.values().removeIf(member -> {
            if (member.heard.standing(now) == Standing.GONE) {
                leave(member);
            }
            return !member.counts() && member.heard.at().plus(GONE_KEPT).isBefore(now);
        });
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
                    unprovable.add(new Receipt.Named(member.heard, standing));
                }
                continue;
            }
            of++;
            if (!member.heard.confirms(tracked.target())) {
                laggards.add(new Receipt.Named(member.heard, standing));
            }
        }
        int enforcedOn = of - laggards.size();
        return new Receipt(enforcedOn, of, enforcedOn == 0 ? null : tracked.lastAfterMillis(), laggards, unprovable);
    }

    /** All that were heard of, by id. */
    public synchronized List<Receipt.Named> collectors(Instant now) {
        return members.values().stream()
                .map(member -> new Receipt.Named(member.heard, member.heard.standing(now)))
                .toList();
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
        member.slot = NO_SLOT;
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
