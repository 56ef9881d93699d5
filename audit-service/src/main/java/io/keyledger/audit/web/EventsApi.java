package io.keyledger.audit.web;

import io.keyledger.audit.search.AuditSearch;
import io.keyledger.audit.search.EventFilter;
import io.keyledger.event.EventId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happened in the caller's organization. */
@RestController
@RequestMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events", description = "What happened in your organization: the permanent record.")
final class EventsApi {

    private static final int LIMIT = 50;
    private static final Set<String> PARAMETERS =
            Set.of("key", "system", "actor", "type", "from", "to", "cursor", "limit");

    private final AuditSearch search;

    EventsApi(AuditSearch search) {
        this.search = search;
    }

    @GetMapping
    @Operation(summary = "Lists events, newest first.")
    @Parameter(
            name = "key",
            description = "The id of the key that an event is of.",
            example = "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f")
    @Parameter(name = "system", description = "The id of the System that an event is of.")
    @Parameter(name = "actor", description = "The id of the user who acted, or of the key that was used.")
    @Parameter(name = "type", description = "The event's type.", example = "KeyRevoked")
    @Parameter(name = "from", description = "The first moment, in ISO-8601.", example = "2026-11-21T00:00:00Z")
    @Parameter(name = "to", description = "The first moment after, in ISO-8601.")
    @Parameter(name = "cursor", description = "The \"next\" of the page before.")
    @Parameter(name = "limit", description = "How many at most: 1 to 200, 50 if left out.")
    ListAnswer<EventAnswer> events(
            @RequestAttribute(Caller.ATTRIBUTE) @Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        var parameters = new Parameters(request, PARAMETERS);
        var from = parameters.time("from");
        var to = parameters.time("to");
        if (from != null && to != null && from.isAfter(to)) {
            throw new ProblemException(
                    Problem.INVALID_PARAMETER, "Expected from before to, but got " + from + " and " + to + ".");
        }
        var filter = new EventFilter(
                caller.organization(),
                parameters.id("key"),
                parameters.id("system"),
                parameters.id("actor"),
                parameters.type("type"),
                from,
                to);
        return ListAnswer.of(search.events(filter, parameters.cursor("cursor"), parameters.limit("limit", LIMIT))
                .map(EventAnswer::of));
    }

    @GetMapping("/{eventId}")
    @Operation(summary = "Tells one event.")
    EventAnswer event(
            @RequestAttribute(Caller.ATTRIBUTE) @Parameter(hidden = true) Caller caller, @PathVariable String eventId) {
        EventId id;
        try {
            id = EventId.of(eventId);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_PARAMETER, String.valueOf(e.getMessage()));
        }
        return search.event(caller.organization(), id)
                .map(EventAnswer::of)
                .orElseThrow(() -> new ProblemException(
                        Problem.EVENT_NOT_FOUND, "Your organization's record has no event " + id + "."));
    }
}
