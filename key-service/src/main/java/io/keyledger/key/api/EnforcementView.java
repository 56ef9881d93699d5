package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.key.receipt.Receipt;
import io.keyledger.key.receipt.Standing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On how many Collectors a change is enforced. */
@Schema(name = "Enforcement")
record EnforcementView(
        int enforcedOn,

        @Schema(
                description =
                        "all that count: from before they serve until they say good-bye, or have fenced themselves")
        int of,

        @Schema(description = "from the change to the last confirmation so far; null: there is none, or it is long ago")
        @Nullable
        Long lastAfterMs,

        @Schema(description = "those that have not confirmed")
        List<Laggard> laggards,

        @Schema(description = "those past their bound that go on all the same, for they fail open: nobody can tell")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Laggard> unprovable) {

    /** A Collector that has not confirmed. */
    @Schema(name = "Laggard")
    record Laggard(
            String id,
            @Nullable String region,
            Standing state,
            Instant lastHeardAt,

            @Schema(description = "by when it refuses everything, if nothing more is heard of it; null: never")
            @Nullable
            Instant fencesItselfAt) {

        private static Laggard of(Receipt.Named collector) {
            var heard = collector.heard();
            return new Laggard(
                    collector.id(), heard.status().region(), collector.standing(), heard.at(), heard.fencesItselfAt());
        }
    }

    static EnforcementView of(Receipt receipt) {
        return new EnforcementView(
                receipt.enforcedOn(),
                receipt.of(),
                receipt.lastAfterMillis(),
                receipt.laggards().stream().map(Laggard::of).toList(),
                receipt.unprovable().stream().map(Laggard::of).toList());
    }
}
