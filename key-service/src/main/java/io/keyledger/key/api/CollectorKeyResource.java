package io.keyledger.key.api;

import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.Entry.KeyEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The global key, and the list of all Collector keys. */
@RestController
@RequestMapping("/api/v1/collector-keys")
@Tag(name = "Collector keys")
class CollectorKeyResource {

    private static final String LIST = "collector-keys";

    private final Directory directory;
    private final CollectorKeys keys;

    CollectorKeyResource(Directory directory, CollectorKeys keys) {
        this.directory = directory;
        this.keys = keys;
    }

    @GetMapping
    @Operation(summary = "List the global key and the overrides", description = "Never with a secret.")
    Page<KeyView> list(Read read, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        int size = Cursor.limit(limit.orElse(null));
        var after = Cursor.read(LIST, cursor.orElse(null));
        var found = directory.collectorKeys(read.awaitDirectory(), after, size + 1);
        return Page.of(LIST, found, size, KeyEntry::place, KeyView::of);
    }

    @PostMapping("/global/regenerate")
    @Operation(summary = "Give the global key a new secret", description = CollectorKeys.REGENERATION)
    ResponseEntity<KeyView> regenerate(
            Change change, @RequestBody(required = false) CollectorKeys.@Nullable Regeneration body) {
        return keys.regenerate(change, null, body);
    }

    @PostMapping("/global/finish")
    @Operation(summary = "End the global key's overlap", description = "The secret before is refused from then on.")
    ResponseEntity<KeyView> finish(Change change, @RequestBody(required = false) CollectorKeys.@Nullable Nothing body) {
        return keys.finish(change, null);
    }

    @PostMapping("/global/reveal")
    @Operation(summary = "Show the global key's secret", description = "Each reveal is an event.")
    ResponseEntity<KeyView> reveal(Change change, @RequestBody(required = false) CollectorKeys.@Nullable Nothing body) {
        return keys.reveal(change, null);
    }

    @PostMapping("/global/revoke")
    @Operation(summary = "Revoke the global key for ever")
    ResponseEntity<KeyView> revoke(
            Change change, @RequestBody(required = false) CollectorKeys.@Nullable Revocation body) {
        return keys.revoke(change, null, body);
    }
}
