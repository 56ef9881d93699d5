package io.keyledger.client;

/** Takes the events that a {@link KeyEventsConsumer} follows, on its thread; it may block. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Takes a batch, all or nothing.
     *
     * @throws Exception of any kind: after a pause all comes again from the stored positions on, for the database may
     *     be away, or back with less than it had
     * @throws InterruptedException when the consumer is closed
     */
    void onBatch(EventBatch batch) throws Exception;
}
