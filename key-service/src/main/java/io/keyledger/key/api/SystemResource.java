package io.keyledger.key.api;

import io.keyledger.event.SystemId;
import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.Entry.SystemEntry;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.session.CommandSender;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Monitored systems. */
@RestController
@RequestMapping("/api/v1/systems")
@Tag(name = "Systems")
class SystemResource {

    private static final String LIST = "systems";

    private final Directory directory;
    private final CommandSender ids;

    SystemResource(Directory directory, CommandSender ids) {
        this.directory = directory;
        this.ids = ids;
    }

    /** A System's name; unique in the organization, compared without case. */
    record SystemName(
            @Schema(example = "web shop") @Nullable String name) {}

    @GetMapping
    @Operation(summary = "List Systems by name")
    Page<SystemView> list(Read read, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
        int size = Cursor.limit(limit.orElse(null));
        var after = Cursor.read(LIST, cursor.orElse(null));
        var found = directory.systems(read.awaitDirectory(), after, size + 1);
        return Page.of(LIST, found, size, SystemEntry::name, SystemView::of);
    }

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    @Operation(summary = "Register a System")
    ResponseEntity<SystemView> register(Change change, @RequestBody SystemName body) {
        var name = Text.require("name", body.name());
        var done = change.apply(new Command.RegisterSystem(new SystemId(ids.newId()), name));
        var system = done.answer(Answer.OfSystem.class).system();
        return done.created("/api/v1/systems/" + system.id(), system.version(), SystemView.of(system));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a System")
    ResponseEntity<SystemView> show(Read read, @PathVariable SystemId id) {
        var system = require(directory, read, id);
        return ResponseEntity.ok().eTag(EntityVersion.tag(system.version())).body(SystemView.of(system));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Rename a System")
    ResponseEntity<SystemView> rename(Change change, @PathVariable SystemId id, @RequestBody SystemName body) {
        var name = Text.require("name", body.name());
        var done = change.apply(new Command.RenameSystem(id, name, change.ifMatch()));
        var system = done.answer(Answer.OfSystem.class).system();
        return done.ok(system.version(), SystemView.of(system));
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}")
    @Operation(summary = "Remove a System that no host is linked to", description = "Revokes its override.")
    ResponseEntity<Void> remove(Change change, @PathVariable SystemId id) {
        return change.apply(new Command.RemoveSystem(id, change.ifMatch())).noContent();
    }

    static SystemEntry require(Directory directory, Read read, SystemId id) {
        return directory
                .findSystem(read.awaitDirectory(), id)
                .orElseThrow(() -> ProblemException.notFound(
                        "system_not_found", "Expected System " + id + ", but there is none of that id."));
    }
}
