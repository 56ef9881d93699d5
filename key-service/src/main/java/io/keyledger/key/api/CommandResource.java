package io.keyledger.key.api;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.ledger.CommandGateway.CommandStatus;
import io.keyledger.key.ledger.CommandReply;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of a command that was not answered in time. */
@RestController
@RequestMapping("/api/v1/commands")
@Tag(name = "Commands")
class CommandResource {

    private static final String ORGANIZATION = CommandResource.class.getName() + ".organization";

    private final CommandGateway gateway;

    CommandResource(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /** Whose command it is: the caller's organization's, or the one that the operator names. */
    record Asking(OrganizationId organization) {
        static final String PARAMETER = "organization";
    }

    /** How far a command is. */
    enum Status {
        PENDING,
        APPLIED,
        REJECTED,
        UNKNOWN
    }

    /** One event of a command. */
    record EventView(EventId id, String type, long organizationRevision, long revision) {
        static EventView of(CommandReply.EventSummary event) {
            return new EventView(event.eventId(), event.type(), event.organizationRevision(), event.revision());
        }
    }

    /** What is known of a command. */
    record CommandView(
            CommandId id,
            Status status,
            List<EventView> events,

            @Schema(description = "why it was refused") @Nullable
            Problem problem) {

        static CommandView of(CommandId id, CommandStatus status) {
            return switch (status) {
                case CommandStatus.Pending _ -> new CommandView(id, Status.PENDING, List.of(), null);
                case CommandStatus.NotKnown _ -> new CommandView(id, Status.UNKNOWN, List.of(), null);
                case CommandStatus.Answered(CommandReply.Refused refused) ->
                    new CommandView(id, Status.REJECTED, List.of(), Problem.of(refused.rejection()));
                case CommandStatus.Answered(CommandReply.Applied applied) ->
                    new CommandView(
                            id,
                            Status.APPLIED,
                            applied.events().stream().map(EventView::of).toList(),
                            null);
            };
        }
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Ask what became of a command",
            description = "For an hour. The operator names the organization in the query.")
    CommandView show(Asking asking, @PathVariable CommandId id) {
        return CommandView.of(id, gateway.status(asking.organization(), id));
    }

    /** Where the outcome of a request's command can be asked. */
    static String link(CommandId command, HttpServletRequest request) {
        var link = "/api/v1/commands/" + command;
        return request.getAttribute(ORGANIZATION) instanceof OrganizationId organization
                ? link + "?" + Asking.PARAMETER + "=" + organization
                : link;
    }

    /** Remembers the organization of an operator's command: the link must name it. */
    static void remember(OrganizationId organization, HttpServletRequest request) {
        request.setAttribute(ORGANIZATION, organization);
    }
}
