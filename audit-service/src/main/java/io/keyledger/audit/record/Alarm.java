package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something is not as it must be. Raised once for each record and kind, whoever reads the record again.
 *
 * @param offset of the record in the log, or -1
 * @param revision of the record, or null if it says none
 * @param detail a sentence with what was expected and what came
 * @param evidence the whole record in hexadecimal by part, where it has no row; else empty
 */
public record Alarm(
        AlarmKind kind,
        int partition,
        long offset,
        @Nullable Long revision,
        String detail,
        Map<String, String> evidence) {
    public Alarm {
        evidence = Map.copyOf(evidence);
    }
}
