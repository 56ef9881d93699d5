package io.keyledger.client;

/** Takes the events that a {@link KeyEventsConsumer} follows, on its thread; it may block. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Takes a batch, all or nothing.
     *
     * @throws Exception of any kind: the same batch comes again after a pause, for the database may be away
     * @throws InterruptedException when the consumer is closed
     */
    void onBatch(EventBatch batch) throws Exception;
}
