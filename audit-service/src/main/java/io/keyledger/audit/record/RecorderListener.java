package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;

/** Hears what the recorder has done, after the transaction. */
interface RecorderListener {

    /** The record of a partition stands at a revision. */
    void at(int partition, long revision);

    /** The event is in the record. */
    void recorded(Evidence event);

    /**
     * The event came again, with the same bytes.
     *
     * @param sameRecord whether it is the same record of the log: read again after a restart
     */
    void repeated(Evidence event, boolean sameRecord);

    /** The alarm is in the record. */
    void alarmed(Alarm alarm);
}
