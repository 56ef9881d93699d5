package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;
import java.util.Comparator;

/** Where an event has its row; at most one event has it. */
record Place(int partition, long revision) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::partition).thenComparingLong(Place::revision);

    static Place of(Evidence event) {
        return new Place(event.partition(), event.revision());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
