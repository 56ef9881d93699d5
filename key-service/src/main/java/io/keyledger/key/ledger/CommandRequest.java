package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way: one record of {@code key-commands}, in JSON.
 *
 * @param instance the instance of key-service that waits for the reply
 * @param issuedAt the sender's clock
 * @param deadline the caller's time-out: past it (and a second) the command is refused unapplied
 * @param idempotency null: the caller sent no {@code Idempotency-Key}
 */
public record CommandRequest(
        CommandId id,
        OrganizationId organizationId,
        Actor actor,
        String instance,
        Instant issuedAt,
        Instant deadline,
        @Nullable Idempotency idempotency,
        Command command) {

    /**
     * What makes a repeated request one request.
     *
     * @param key the caller's {@code Idempotency-Key}
     * @param fingerprint SHA-256 over method, path, expected version and body of the request, in hexadecimal
     */
    public record Idempotency(String key, String fingerprint) {}

    /** The same, with the reply for that instance. */
    public CommandRequest withInstance(String other) {
        return new CommandRequest(id, organizationId, actor, other, issuedAt, deadline, idempotency, command);
    }

    /** The same, issued at that time. */
    public CommandRequest withIssuedAt(Instant other) {
        return new CommandRequest(id, organizationId, actor, instance, other, deadline, idempotency, command);
    }
}
