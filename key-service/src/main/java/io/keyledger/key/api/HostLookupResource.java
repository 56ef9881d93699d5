package io.keyledger.key.api;

import io.keyledger.event.OrganizationId;
import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.keyledger.key.directory.Entry.SystemEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which key a host is to push with. */
@RestController
@RequestMapping("/api/v1/hosts")
@Tag(name = "Hosts")
class HostLookupResource {

    private final Directory directory;

    HostLookupResource(Directory directory) {
        this.directory = directory;
    }

    /** Which kind of key a host's pushes must carry. */
    enum Expects {
        GLOBAL,
        SYSTEM
    }

    /** A host and the key that is expected of it. */
    record HostView(
            String host,

            @Schema(description = "null: it is linked to none") @Nullable
            SystemView system,

            @Schema(description = "the kind of key that its pushes must carry")
            Expects expects,

            @Schema(
                    description =
                            "until when the global key passes too, never in the past; null where it is not limited, or over")
            @Nullable
            Instant globalUntil,

            @Schema(description = "the key itself; null: there is none now") @Nullable
            KeyView key) {}

    @GetMapping("/{host}")
    @Operation(summary = "Show which key a host is to push with")
    HostView show(Read read, @PathVariable String host) {
        var name = Text.host(host);
        var organization = read.awaitDirectory();
        var system = directory
                .findHost(organization, name)
                .flatMap(link -> directory.findSystem(organization, link.system()))
                .orElse(null);
        if (system == null || system.overrideRequiredFrom() == null) {
            return new HostView(
                    name.value(),
                    system == null ? null : SystemView.of(system),
                    Expects.GLOBAL,
                    null,
                    directory.findGlobalKey(organization).map(KeyView::of).orElse(null));
        }
        return ofOverride(name.value(), organization, system, system.overrideRequiredFrom());
    }

    private HostView ofOverride(String host, OrganizationId organization, SystemEntry system, Instant requiredFrom) {
        var key = directory.findOverride(organization, system.id());
        // A key that was made with no grace period was required from its making on, whatever this clock says.
        boolean grace = requiredFrom.isAfter(Instant.now())
                && key.map(KeyEntry::createdAt).filter(requiredFrom::isAfter).isPresent();
        return new HostView(
                host,
                SystemView.of(system),
                Expects.SYSTEM,
                grace ? requiredFrom : null,
                key.map(KeyView::of).orElse(null));
    }
}
