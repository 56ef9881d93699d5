package io.keyledger.key.ledger.streams;

/** Ends the process: a state in which going on would harm. Whoever runs the process starts it again. */
@FunctionalInterface
interface FatalEnd {

    /** Says why, once, and ends. */
    void because(String why, Throwable cause);
}
