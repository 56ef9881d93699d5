package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import java.util.Map;
import java.util.Optional;

/**
 * Where the recorder stands.
 *
 * @param migrated whether the tables were made and the record was found to be this ledger's, once
 * @param problem what keeps it from recording right now, in a sentence
 * @param alarms how many of each kind were ever raised
 * @param lag offsets of the log that are still to be read
 */
public record RecordStatus(boolean migrated, Optional<String> problem, Map<AlarmKind, Long> alarms, long lag) {
    public RecordStatus {
        alarms = Map.copyOf(alarms);
    }
}
