package io.keyledger.key.api;

import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.DirectoryUnavailableException;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.table.Found;
import io.keyledger.table.LedgerTables;
import io.keyledger.table.Row.OrganizationRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an organization decides for its agents. */
@RestController
@RequestMapping("/api/v1/organization/settings")
@Tag(name = "Settings")
class SettingsResource {

    private final Directory directory;
    private final LedgerTables tables;

    SettingsResource(Directory directory, LedgerTables tables) {
        this.directory = directory;
        this.tables = tables;
    }

    /** An organization's settings. */
    record Settings(
            @Schema(description = "off refuses every push") boolean agentsActive,

            @Schema(description = "what becomes of lines whose host is linked to no System")
            UnlinkedHosts unlinkedHosts,

            @Schema(description = "what becomes of a push of which some hosts are refused")
            MixedBatches mixedBatches) {

        static Settings of(OrganizationSettings settings) {
            return new Settings(settings.agentsActive(), settings.unlinkedHosts(), settings.mixedBatches());
        }
    }

    /** What to change; what is missing stays as it is. */
    record SettingsChange(
            @Nullable Boolean agentsActive,
            @Nullable UnlinkedHosts unlinkedHosts,
            @Nullable MixedBatches mixedBatches) {}

    @GetMapping
    @Operation(
            summary = "Show the settings",
            description =
                    "While the directory is away they come from memory, without an ETag; 503 if that is older than"
                            + " Keyledger-Min-Revision.")
    ResponseEntity<Settings> show(Read read) {
        try {
            var found = directory
                    .findSettings(read.awaitDirectory())
                    .orElseThrow(() -> new DirectoryUnavailableException(
                            "The directory has not heard of this organization yet.", null));
            return ResponseEntity.ok().eTag(EntityVersion.tag(found.version())).body(Settings.of(found.settings()));
        } catch (DirectoryUnavailableException e) {
            return ResponseEntity.ok(Settings.of(fromTables(read, e)));
        }
    }

    @PatchMapping
    @Operation(summary = "Change settings")
    ResponseEntity<Settings> change(Change change, @RequestBody SettingsChange body) {
        var done = change.apply(new Command.ChangeSettings(
                body.agentsActive(), body.unlinkedHosts(), body.mixedBatches(), change.ifMatch()));
        var organization = done.answer(Answer.OfOrganization.class).organization();
        return done.ok(organization.version(), Settings.of(organization.settings()));
    }

    private OrganizationSettings fromTables(Read read, DirectoryUnavailableException why) {
        if (tables.organization(read.organization()) instanceof Found.Present<OrganizationRow>(var row)
                && read.allows(row)) {
            return row.settings();
        }
        throw why;
    }
}
