package io.keyledger.client;

/** Where a {@link KeyEventsConsumer} starts in one partition. */
public sealed interface StartPosition {

    /** From the first event. */
    record Beginning() implements StartPosition {}

    /** From the offset that {@link EventBatch#nextOffsets} said. */
    record Offset(long next) implements StartPosition {}

    /** With the event after this revision; 0 is the beginning. */
    record AfterRevision(long revision) implements StartPosition {}
}
