package io.keyledger.key.receipt;

import java.time.Duration;
import java.time.Instant;

/** A process of a Collector. The {@link Fleet} alone writes it, under its lock. */
final class Member {

    static final int NO_SLOT = -1;

    final ClockSkew clock = new ClockSkew();
    private Instant since;
    Heard heard;
    boolean sharesId;

    /** Its bit in what is awaited while it counts. */
    int slot = NO_SLOT;

    Member(Heard heard) {
        this.since = heard.at();
        this.heard = heard;
    }

    boolean counts() {
        return slot != NO_SLOT;
    }

    /** What was heard of it by a clock that was set ahead since. */
    void onStep(Duration ahead) {
        since = since.plus(ahead);
        heard = heard.later(ahead);
    }

    /** Whether each was heard of after the other one began: no restart looks like that. */
    boolean isBeside(Member other) {
        return other != this
                && counts()
                && other.counts()
                && since.isBefore(other.heard.at())
                && other.since.isBefore(heard.at());
    }

    Receipt.Named named(Instant now) {
        return new Receipt.Named(heard, heard.standing(now), sharesId);
    }
}
