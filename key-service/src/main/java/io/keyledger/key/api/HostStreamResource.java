package io.keyledger.key.api;

import io.keyledger.event.SystemId;
import io.keyledger.key.session.CommandSender.UnansweredException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which hosts belong to a System, from a stream of any length. */
@RestController
@RequestMapping(
        path = "/api/v1/systems/{id}/hosts",
        consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
@Tag(name = "Hosts")
class HostStreamResource {

    private static final Logger log = LoggerFactory.getLogger(HostStreamResource.class);

    private static final String HOW =
            "As JSON: at most 500 changes a call, all or none. As a stream, one host a line: as"
                    + " many as you like, in parts of 500, between which other changes go; not atomic, and resumed by the same"
                    + " stream with the same Idempotency-Key. Its answer is a stream, too: read it while you send.";

    private final JsonMapper json;

    HostStreamResource(JsonMapper json) {
        this.json = json;
    }

    @PostMapping
    @Operation(summary = "Link hosts", description = HOW)
    @TakesHosts
    void link(
            Change change,
            @PathVariable SystemId id,
            @RequestParam(defaultValue = "false") boolean move,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        run(change, id, move, request, response, HostStream::link);
    }

    @PutMapping
    @Operation(
            summary = "Make these the System's hosts",
            description = HOW + " What a stream does not name is unlinked when all that it names is linked; one that"
                    + " breaks off, is empty, or has a line that is refused, unlinks nothing.")
    @TakesHosts
    void replace(
            Change change,
            @PathVariable SystemId id,
            @RequestParam(defaultValue = "false") boolean move,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var expected = change.ifMatch();
        var wanted = new WantedHosts(bytes -> BodyFilter.hold(request, bytes));
        run(change, id, move, request, response, stream -> stream.replace(expected, wanted));
    }

    private void run(
            Change change,
            SystemId system,
            boolean move,
            HttpServletRequest request,
            HttpServletResponse response,
            Consumer<HostStream> work)
            throws IOException {
        var lines = new HostLines(BodyFilter.stream(request), format(request));
        var answer = new HostStreamAnswer(response, json);
        try {
            change.parts().alone(all -> work.accept(new HostStream(all, system, move, lines, answer)));
        } catch (UncheckedIOException e) {
            // With the caller's next request with the same Idempotency-Key it goes on.
            log.atDebug().setCause(e).log("Nobody listens to the answer any more");
        } catch (ProblemException e) {
            tell(e, e.problem(), answer, lines);
        } catch (UnansweredException e) {
            tell(e, ErrorAdvice.problem(e, request), answer, lines);
        } catch (RuntimeException e) {
            if (answer.begun()) {
                log.atError().setCause(e).log("A stream of hosts failed");
            }
            tell(e, ErrorAdvice.failed(), answer, lines);
        }
    }

    /** As every other error while nothing has been written; then as a line. */
    private static void tell(RuntimeException e, Problem problem, HostStreamAnswer answer, HostLines lines) {
        if (!answer.begun()) {
            lines.drain();
            throw e;
        }
        try {
            answer.error(problem);
            lines.drain();
        } catch (UncheckedIOException gone) {
            log.atDebug().setCause(gone).log("Nobody listens to the answer any more");
        }
    }

    private HostLines.Format format(HttpServletRequest request) {
        var type = MediaType.parseMediaType(request.getContentType());
        var charset = type.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "Expected hosts in UTF-8.");
        }
        return type.isCompatibleWith(MediaType.APPLICATION_NDJSON)
                ? HostLines.Format.ndjson(json)
                : HostLines.Format.TEXT;
    }
}
