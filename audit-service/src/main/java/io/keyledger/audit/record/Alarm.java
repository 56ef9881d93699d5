package io.keyledger.audit.record;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.event.OrganizationId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something is not as it must be. Raised once for each record and kind, whoever reads the record again.
 *
 * @param organization whose affair it is; null: that of all organizations of the partition
 * @param offset of the record in the log, or -1
 * @param revision of the record, or null if it says none
 * @param detail a sentence with what was expected and what came
 * @param evidence the whole record in hexadecimal by part, where it has no row; else empty
 */
public record Alarm(
        AlarmKind kind,
        @Nullable OrganizationId organization,
        int partition,
        long offset,
        @Nullable Long revision,
        String detail,
        Map<String, String> evidence) {
    public Alarm {
        detail = StorableText.of(detail);
        evidence = Map.copyOf(evidence);
    }
}
