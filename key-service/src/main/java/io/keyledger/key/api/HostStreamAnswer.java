package io.keyledger.key.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyledger.event.HostName;
import io.keyledger.key.ledger.Answer.OfSomeHosts;
import io.keyledger.key.ledger.Rejection;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a stream of hosts, line by line: {@code refused} for each host that is not linked, {@code progress} after
 * each part, {@code summary} at the end, or {@code error} where it ends before. An {@link UncheckedIOException} says that
 * nobody listens any more.
 */
final class HostStreamAnswer {

    private final HttpServletResponse response;
    private final JsonMapper json;
    private long lines;
    private long linked;
    private long unlinked;
    private long unchanged;
    private long refused;
    private long replayed;
    private @Nullable String revision;
    private boolean begun;

    HostStreamAnswer(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    /** A line: one of these. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            @Nullable Refused refused,
            @Nullable Totals progress,
            @Nullable Totals summary,

            @Schema(implementation = EnforcementView.class) @Nullable
            JsonNode enforcement,

            @Nullable Problem error) {}

    /** A host that is not linked, by the line that names it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refused(long line, @Nullable String host, String code, String detail) {}

    /**
     * How far it is.
     *
     * @param lines that were read, without blank ones: as many as were linked, unchanged and refused
     * @param replayed parts that an earlier request with the same Idempotency-Key has applied
     * @param revision of the last part
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Totals(
            long lines,
            long linked,
            long unlinked,
            long unchanged,
            long refused,
            long replayed,
            @Nullable String revision) {}

    /** Whether something has been written: then it is too late for another status. */
    boolean begun() {
        return begun;
    }

    /** Whether there is a line whose host is not linked. */
    boolean hasRefused() {
        return refused > 0;
    }

    void onUnreadable(long line, String why) {
        lines++;
        refused(new Refused(line, null, "invalid", why));
    }

    /** Of these lines of one part; a host that is there twice is unchanged the second time. */
    void onLinked(Map<HostName, Long> hosts, int linesRead, Done done) {
        var part = done.answer(OfSomeHosts.class);
        lines += linesRead;
        linked += part.linked();
        unchanged += linesRead - part.linked() - part.refused().size();
        for (var host : part.refused()) {
            refused(refused(hosts.getOrDefault(host.host(), 0L), host.host(), host.why()));
        }
        progress(done);
    }

    void onUnlinked(Done done) {
        unlinked += done.answer(OfSomeHosts.class).unlinked();
        progress(done);
    }

    /** It ends before its end. */
    void error(Problem problem) {
        write(new Line(null, null, null, null, problem));
        flush();
    }

    /** @param enforcement on how many Collectors all of it is, if the caller has waited for them; empty within: unknown */
    void end(Optional<Optional<?>> enforcement) {
        var receipt = enforcement.<JsonNode>map(known -> json.valueToTree(known.orElse(null)));
        write(new Line(null, null, totals(), receipt.orElse(null), null));
        flush();
    }

    private void progress(Done done) {
        replayed += done.replayed() ? 1 : 0;
        revision = done.revision();
        write(new Line(null, totals(), null, null, null));
        flush();
    }

    private Totals totals() {
        return new Totals(lines, linked, unlinked, unchanged, refused, replayed, revision);
    }

    private static Refused refused(long line, HostName host, Rejection why) {
        return new Refused(line, host.value(), why.fact().name().toLowerCase(Locale.ROOT), why.message());
    }

    private void refused(Refused host) {
        refused++;
        write(new Line(host, null, null, null, null));
    }

    private void write(Line line) {
        if (!begun) {
            response.setStatus(HttpStatus.OK.value());
            response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
            begun = true;
        }
        try {
            response.getOutputStream().write(json.writeValueAsBytes(line));
            response.getOutputStream().write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
