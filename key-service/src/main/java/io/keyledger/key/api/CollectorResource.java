package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.event.CollectorReport.Health;
import io.keyledger.key.receipt.Receipt;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.receipt.Standing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Collectors, which all organizations share. */
@RestController
@RequestMapping("/api/v1/collectors")
@Tag(name = "Collectors")
class CollectorResource {

    private static final String LIST = "collectors";

    private final Receipts receipts;

    CollectorResource(Receipts receipts) {
        this.receipts = receipts;
    }

    /** A Collector, as it was last heard of. */
    @Schema(name = "Collector")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CollectorView(
            String id,
            @Nullable String region,
            Standing state,

            @Schema(description = "by the broker's clock") Instant lastHeardAt,

            @Schema(description = "by when it refuses everything, if nothing more is heard of it") @Nullable
            Instant fencesItselfAt,

            @Schema(description = "there, and true, if two processes with this id speak by turns") @Nullable
            Boolean sharesId,

            @Schema(description = "for the operator, as all that follows") @Nullable
            String address,

            @Nullable String version,
            @Nullable Instant startedAt,
            @Nullable Health health,

            @Schema(description = "the age of its last proof of freshness when it said so") @Nullable
            Long stalenessMs,

            @Nullable Long unreadyRows,

            @Schema(description = "how far its clock is ahead of the broker's; none while too little was heard")
            @Nullable
            Long clockSkewMs,

            @Schema(description = "whether that is more than a second") @Nullable
            Boolean clockOff) {

        static CollectorView of(Receipt.Named collector, boolean toOperator) {
            var heard = collector.heard();
            var status = heard.status();
            var fences = collector.standing() == Standing.SILENT ? heard.fencesItselfAt() : null;
            var sharesId = collector.sharesId() ? Boolean.TRUE : null;
            if (!toOperator) {
                return new CollectorView(
                        collector.id(),
                        status.region(),
                        collector.standing(),
                        heard.at(),
                        fences,
                        sharesId,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            }
            var staleness = status.staleness();
            var skew = heard.clockSkew();
            return new CollectorView(
                    collector.id(),
                    status.region(),
                    collector.standing(),
                    heard.at(),
                    fences,
                    sharesId,
                    status.address(),
                    status.version(),
                    status.startedAt(),
                    status.health(),
                    staleness == null ? null : staleness.toMillis(),
                    status.unreadyRows(),
                    skew == null ? null : skew.toMillis(),
                    heard.isClockOff());
        }
    }

    @GetMapping
    @Operation(
            summary = "List the Collectors by id",
            description = "Live, lagging, silent, and gone since yesterday. The operator's token sees more of each.")
    Page<CollectorView> list(
            Onlooker onlooker, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        int size = Cursor.limit(limit.orElse(null));
        var after = Cursor.read(LIST, cursor.orElse(null));
        var found = receipts.collectors().stream()
                .sorted(Comparator.comparing(CollectorResource::place))
                .filter(collector -> after == null || place(collector).compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        return Page.of(
                LIST,
                found,
                size,
                CollectorResource::place,
                collector -> CollectorView.of(collector, onlooker.isOperator()));
    }

    /** Two processes of one id stand one after the other. */
    private static String place(Receipt.Named collector) {
        return collector.id() + " " + collector.heard().status().startedAt();
    }
}
