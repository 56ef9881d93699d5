package io.keyledger.e2e;

/** Makes changes one after another, to what nobody else changes. */
interface TimelineClient {

    /** Makes one. */
    void change();
}
