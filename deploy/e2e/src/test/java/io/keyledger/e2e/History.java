package io.keyledger.e2e;

import java.time.Duration;
import java.util.List;

/**
 * What clients saw, by one clock: nanoseconds of {@link System#nanoTime()}, which all processes of a machine share. Of
 * what happened between a call and its answer nobody knows when.
 *
 * @param notes what was done to the suite meanwhile
 */
record History(List<Change> changes, List<Push> pushes, List<Note> notes) {

    /** The instant of what never comes. */
    static final long NEVER = Long.MAX_VALUE;

    /** Two clocks: a delay is ended by a Collector's wall clock. */
    private static final long CLOCKS_NANOS = Duration.ofMillis(50).toNanos();

    History {
        changes = List.copyOf(changes);
        pushes = List.copyOf(pushes);
        notes = List.copyOf(notes);
    }

    /**
     * What a change does to a fact that pushes need.
     *
     * @param fact its name; the changes of one fact follow one another
     * @param holds from then on
     * @param delay how much later than the change itself
     */
    record Effect(String fact, boolean holds, Duration delay) {

        static Effect begin(String fact) {
            return new Effect(fact, true, Duration.ZERO);
        }

        static Effect end(String fact) {
            return end(fact, Duration.ZERO);
        }

        static Effect end(String fact, Duration delay) {
            return new Effect(fact, false, delay);
        }
    }

    /**
     * A change that was made.
     *
     * @param enforced whether the answer said that all Collectors have confirmed it
     */
    record Change(String what, long called, long answered, boolean enforced, List<Effect> effects) {
        Change {
            effects = List.copyOf(effects);
        }

        /** From when on it may be felt. */
        long begins(Effect effect) {
            return called + Math.max(0, effect.delay().toNanos() - CLOCKS_NANOS);
        }

        /** From when on it is felt by whoever knows of it at the latest {@code after} its answer. */
        long settles(Effect effect, Duration after) {
            long delay = effect.delay().isZero() ? 0 : effect.delay().toNanos() + CLOCKS_NANOS;
            return answered + Math.max(delay, after.toNanos());
        }
    }

    /**
     * A push, and its answer.
     *
     * @param what the secret by its name, and the host
     * @param needs the facts without which it is to be refused, and with which it is not
     * @param status of HTTP; 0 if none came
     */
    record Push(int collector, String what, List<String> needs, long sent, long answered, int status) {

        boolean isAccepted() {
            return status / 100 == 2;
        }

        boolean isRefused() {
            return status == 401 || status == 403;
        }
    }

    /** Something else that happened. */
    record Note(long at, String text) {}
}
