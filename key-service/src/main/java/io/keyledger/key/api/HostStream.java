package io.keyledger.key.api;

import io.keyledger.event.HostName;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Answer.OfSomeHosts;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Links or replaces a System's hosts from a stream, part by part. */
final class HostStream {

    /** Lines of a part: a repeated stream has the same parts. */
    private static final int PART = Limits.HOST_CHANGES;

    private final Parts parts;
    private final SystemId system;
    private final boolean move;
    private final HostLines lines;
    private final HostStreamAnswer answer;

    HostStream(Parts parts, SystemId system, boolean move, HostLines lines, HostStreamAnswer answer) {
        this.parts = parts;
        this.system = system;
        this.move = move;
        this.lines = lines;
        this.answer = answer;
    }

    /** Links what is named. */
    void link() {
        link(null, null);
        answer.end(parts.awaitEnforcement());
    }

    /**
     * Links what is named, and after that unlinks what is not: a host that stays is never without its System.
     *
     * @param expectedVersion of the System before the first part, or null
     */
    void replace(@Nullable Long expectedVersion, WantedHosts wanted) {
        link(expectedVersion, wanted);
        if (answer.hasRefused()) {
            // An unreadable line may have named a host that is linked: it would be unlinked for a slip of the pen.
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "refused_lines",
                    "Expected a host that may be linked on each line: the others are linked, but nothing was unlinked."
                            + " Mend what made the lines be refused and send all again, with a new Idempotency-Key if any.");
        }
        var kept = wanted.sorted();
        HostName after = null;
        for (int from = 0; from == 0 || from < kept.size(); from += PART) {
            var part = kept.subList(from, Math.min(from + PART, kept.size()));
            var through = from + PART < kept.size() ? part.getLast() : null;
            unlink(after, through, part);
            after = through;
        }
        answer.end(parts.awaitEnforcement());
    }

    private void unlink(@Nullable HostName after, @Nullable HostName through, List<HostName> kept) {
        var from = after;
        do {
            var content = "unlink\n" + from + '\n' + text(kept);
            var done = parts.apply(content, new Command.UnlinkOtherHosts(system, from, through, kept));
            answer.onUnlinked(done);
            from = done.answer(OfSomeHosts.class).next();
        } while (from != null);
    }

    private void link(@Nullable Long expectedVersion, @Nullable WantedHosts wanted) {
        var version = expectedVersion;
        var last = false;
        while (!last) {
            var hosts = new LinkedHashMap<HostName, Long>();
            var unreadable = new ArrayList<HostLines.Unreadable>();
            int read = 0;
            while (read < PART && !last) {
                switch (lines.next()) {
                    case HostLines.Host(long number, HostName name) -> {
                        hosts.putIfAbsent(name, number);
                        if (wanted != null) {
                            wanted.add(name);
                        }
                        read++;
                    }
                    case HostLines.Unreadable line -> {
                        unreadable.add(line);
                        read++;
                    }
                    case null -> last = true;
                }
            }
            if (read == 0 && answer.begun()) {
                return;
            }
            if (read == 0 && wanted != null) {
                // What a command that failed sends into a pipe: all would be unlinked.
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "empty_stream",
                        "Expected a host at least, and nothing was changed."
                                + " To unlink all, send {\"hosts\":[]} as application/json.");
            }
            var names = List.copyOf(hosts.keySet());
            var done = parts.apply("link\n" + text(names), new Command.LinkEachHost(system, names, move, version));
            unreadable.forEach(line -> answer.onUnreadable(line.number(), line.why()));
            answer.onLinked(hosts, read - unreadable.size(), done);
            version = null;
        }
    }

    /** A host has no control character: the line feed divides them. */
    private static String text(List<HostName> hosts) {
        return hosts.stream().map(HostName::value).collect(Collectors.joining("\n"));
    }
}
