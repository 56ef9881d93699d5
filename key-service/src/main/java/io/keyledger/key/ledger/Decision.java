package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import java.util.List;

/** What the ledger decides of a command. */
public sealed interface Decision {

    /** The events to write; none where the command finds everything as it wants it. */
    record Accepted(List<KeyEvent> events, AnswerOf answer) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Nothing changes. */
    record Rejected(Rejection why) implements Decision {}

    /** These events, and what to answer after them. */
    static Decision accept(List<KeyEvent> events, AnswerOf answer) {
        return new Accepted(events, answer);
    }

    /** Everything is as the command wants it. */
    static Decision unchanged(AnswerOf answer) {
        return new Accepted(List.of(), answer);
    }

    /** Refused for this fact. */
    static Decision reject(Rejection.Fact fact, String message) {
        return new Rejected(new Rejection(fact, message));
    }

    /** Reads the answer from the state after the events. */
    @FunctionalInterface
    interface AnswerOf {
        Answer read(LedgerState after);
    }
}
