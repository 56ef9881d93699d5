package io.keyledger.ingest.protocol;

/** Where the memory that a push needs is asked for, before it is used. */
@FunctionalInterface
public interface Room {

    /** Takes more; false: there is no more, and the push cannot go on. */
    boolean take(long bytes);
}
