package io.keyledger.audit.web;

import io.keyledger.audit.search.AuditSearch;
import io.keyledger.event.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was found wrong with the caller's events, and with the chain that they are links of. */
@RestController
@RequestMapping(path = "/api/v1/alarms", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Alarms", description = "What was not as it must be when it arrived.")
final class AlarmsApi {

    private static final int LIMIT = 50;

    private final AuditSearch search;
    private final int partitions;

    AlarmsApi(AuditSearch search, @Value("${keyledger.ledger.partitions}") int partitions) {
        this.search = search;
        this.partitions = partitions;
    }

    @GetMapping
    @Operation(summary = "Lists alarms about your events and about the partition that they are in, newest first.")
    @Parameter(name = "cursor", description = "The \"next\" of the page before.")
    @Parameter(name = "limit", description = "How many at most: 1 to 200, 50 if left out.")
    ListAnswer<AlarmAnswer> alarms(
            @RequestAttribute(Caller.ATTRIBUTE) @Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        var parameters = new Parameters(request, Set.of("cursor", "limit"));
        var organization = caller.organization();
        return ListAnswer.of(search.alarms(
                        organization,
                        Topics.partition(organization, partitions),
                        parameters.cursor("cursor"),
                        parameters.limit("limit", LIMIT))
                .map(AlarmAnswer::of));
    }
}
