package io.keyledger.client;

import java.util.concurrent.atomic.LongAdder;

/** What a loader has counted since it was made; for metrics and for a Collector's status. */
public final class LoaderCounters {

    final LongAdder records = new LongAdder();
    final LongAdder unreadableRecords = new LongAdder();
    final LongAdder unreadableKeys = new LongAdder();
    final LongAdder listenerFailures = new LongAdder();
    final LongAdder reloads = new LongAdder();
    final LongAdder questions = new LongAdder();
    final LongAdder proofs = new LongAdder();
    final LongAdder turnedAway = new LongAdder();

    LoaderCounters() {}

    /** Committed records of all followed topics, tombstones included. */
    public long records() {
        return records.sum();
    }

    /** Records whose row could not be read when they came: their key or host is unready. */
    public long unreadableRecords() {
        return unreadableRecords.sum();
    }

    /** Records whose own key could not be read: nobody knows what they are of, so that each is an alarm. */
    public long unreadableKeys() {
        return unreadableKeys.sum();
    }

    /** What listeners and followers threw. */
    public long listenerFailures() {
        return listenerFailures.sum();
    }

    /** How many times a topic was dropped and loaded anew. */
    public long reloads() {
        return reloads.sum();
    }

    /** Questions for the end offsets that were sent. */
    public long questions() {
        return questions.sum();
    }

    /** Questions that ended in a proof for all tables. */
    public long proofs() {
        return proofs.sum();
    }

    /** Waiters for a proof that were turned away because too many waited already. */
    public long turnedAway() {
        return turnedAway.sum();
    }
}
