package io.keyledger.key.api;

import io.keyledger.event.HostName;
import io.keyledger.event.SystemId;
import io.keyledger.key.directory.Directory;
import io.keyledger.key.directory.Entry.HostEntry;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which hosts belong to a System. */
@RestController
@RequestMapping("/api/v1/systems/{id}/hosts")
@Tag(name = "Hosts")
class HostResource {

    private static final String LIST = "hosts";

    private final Directory directory;

    HostResource(Directory directory) {
        this.directory = directory;
    }

    /** Hosts to link. */
    record Hosts(
            @Schema(example = "[\"web-1\", \"web-2\"]") @Nullable
            List<@Nullable String> hosts) {}

    /** A linked host. */
    record LinkedHost(String host, Instant linkedAt) {
        static LinkedHost of(HostEntry entry) {
            return new LinkedHost(entry.host().value(), entry.linkedAt());
        }
    }

    /** What a change did to a System's hosts. */
    record HostChanges(SystemView system, List<String> linked, List<String> unlinked) {
        static HostChanges of(Answer.OfHosts answer) {
            return new HostChanges(SystemView.of(answer.system()), values(answer.linked()), values(answer.unlinked()));
        }

        private static List<String> values(List<HostName> hosts) {
            return hosts.stream().map(HostName::value).toList();
        }
    }

    @GetMapping
    @Operation(summary = "List a System's hosts by name")
    ResponseEntity<Page<LinkedHost>> list(
            Read read,
            @PathVariable SystemId id,
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor) {
        int size = Cursor.limit(limit.orElse(null));
        var after = Cursor.read(LIST, cursor.orElse(null));
        var system = SystemResource.require(directory, read, id);
        var found = directory.hosts(read.organization(), id, after, size + 1);
        return ResponseEntity.ok()
                .eTag(EntityVersion.tag(system.version()))
                .body(Page.of(LIST, found, size, entry -> entry.host().value(), LinkedHost::of));
    }

    // HostStreamResource describes it: a description knows one operation for a path and method.
    @PostMapping
    @Operation(hidden = true)
    ResponseEntity<HostChanges> link(
            Change change,
            @PathVariable SystemId id,
            @RequestParam(defaultValue = "false") boolean move,
            @RequestBody Hosts body) {
        return answer(change.apply(new Command.LinkHosts(id, Text.hosts(body.hosts()), move)));
    }

    @PutMapping
    @Operation(hidden = true)
    ResponseEntity<HostChanges> replace(
            Change change,
            @PathVariable SystemId id,
            @RequestParam(defaultValue = "false") boolean move,
            @RequestBody Hosts body) {
        return answer(change.apply(new Command.ReplaceHosts(id, Text.hosts(body.hosts()), move, change.ifMatch())));
    }

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{host}")
    @Operation(summary = "Unlink a host")
    ResponseEntity<Void> unlink(Change change, @PathVariable SystemId id, @PathVariable String host) {
        return change.apply(new Command.UnlinkHosts(id, List.of(Text.host(host))))
                .noContent();
    }

    private static ResponseEntity<HostChanges> answer(Done done) {
        var answer = done.answer(Answer.OfHosts.class);
        return done.ok(answer.system().version(), HostChanges.of(answer));
    }
}
