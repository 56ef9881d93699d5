package io.keyledger.audit.web;

import io.keyledger.audit.search.FoundAlarm;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was not as it must be. */
record AlarmAnswer(
        @Schema(example = "GAP") String kind,

        @Schema(
                allowableValues = {"ORGANIZATION", "PARTITION"},
                description =
                        "Whether it is about one event of yours, or about the chain of all events of the partition.")
        String scope,

        int partition,

        @Schema(description = "Of the record in the log.") long offset,

        @Schema(description = "The event's number in its partition; null if its record says none.") @Nullable
        Long revision,

        @Schema(description = "What was expected and what came.")
        String detail,

        Instant raisedAt) {

    static AlarmAnswer of(FoundAlarm alarm) {
        return new AlarmAnswer(
                alarm.kind(),
                alarm.own() ? "ORGANIZATION" : "PARTITION",
                alarm.partition(),
                alarm.offset(),
                alarm.revision(),
                alarm.detail(),
                alarm.raisedAt());
    }
}
