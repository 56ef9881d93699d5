package io.keyledger.client;

/** Says where to start, from wherever the positions are kept. */
@FunctionalInterface
public interface StartPositions {

    /**
     * Asked at the start and again after each failure of the handler, for each partition, on the consumer's thread.
     *
     * @throws Exception of any kind: asked again after a pause, for the database may be away
     */
    StartPosition of(int partition) throws Exception;
}
