package io.keyledger.ingest.protocol;

/** What one scan may still use; a first refusal ends it. */
final class Allowance {

    private final Room room;
    private boolean spent;

    Allowance(Room room) {
        this.room = room;
    }

    boolean take(long bytes) {
        spent |= !room.take(bytes);
        return !spent;
    }

    boolean spent() {
        return spent;
    }
}
