package io.keyledger.key.api;

import io.keyledger.event.KeyKind;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A System's own key. */
@RestController
@RequestMapping("/api/v1/systems/{id}/override")
@Tag(name = "Overrides")
class OverrideResource {

    private final CollectorKeys keys;

    OverrideResource(CollectorKeys keys) {
        this.keys = keys;
    }

    /** How the override begins. */
    record NewOverride(
            @Schema(description = "for how long the global key passes too, an ISO-8601 duration", example = "PT1H")
            @Nullable
            String grace) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    @Operation(
            summary = "Make the System's own key",
            description = "From then on, or after the grace period, its hosts push with this key alone.")
    ResponseEntity<KeyView> create(
            Change change, @PathVariable SystemId id, @RequestBody(required = false) @Nullable NewOverride body) {
        var grace = body == null ? null : Text.duration("grace", body.grace());
        var secret = keys.secrets().generate(KeyKind.SYSTEM);
        var carried = keys.secrets().recoverable(change.organization(), secret);
        var done = change.apply(new Command.CreateOverride(id, carried, grace));
        return done.createdSecret("/api/v1/systems/" + id + "/override", CollectorKeys.view(done, secret));
    }

    @PostMapping("/regenerate")
    @Operation(summary = "Give the System's key a new secret", description = CollectorKeys.REGENERATION)
    ResponseEntity<KeyView> regenerate(
            Change change,
            @PathVariable SystemId id,
            @RequestBody(required = false) CollectorKeys.@Nullable Regeneration body) {
        return keys.regenerate(change, id, body);
    }

    @PostMapping("/finish")
    @Operation(
            summary = "End the overlap of the System's key",
            description = "The secret before is refused from then on.")
    ResponseEntity<KeyView> finish(
            Change change,
            @PathVariable SystemId id,
            @RequestBody(required = false) CollectorKeys.@Nullable Nothing body) {
        return keys.finish(change, id);
    }

    @PostMapping("/reveal")
    @Operation(summary = "Show the secret of the System's key", description = "Each reveal is an event.")
    ResponseEntity<KeyView> reveal(
            Change change,
            @PathVariable SystemId id,
            @RequestBody(required = false) CollectorKeys.@Nullable Nothing body) {
        return keys.reveal(change, id);
    }

    @PostMapping("/revoke")
    @Operation(
            summary = "Revoke the System's key for ever",
            description = "Its hosts are refused until there is a new key, or the override is removed.")
    ResponseEntity<KeyView> revoke(
            Change change,
            @PathVariable SystemId id,
            @RequestBody(required = false) CollectorKeys.@Nullable Revocation body) {
        return keys.revoke(change, id, body);
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping
    @Operation(summary = "Remove the override", description = "Its hosts push with the global key again.")
    ResponseEntity<Void> remove(Change change, @PathVariable SystemId id) {
        return change.apply(new Command.RemoveOverride(id)).noContent();
    }
}
