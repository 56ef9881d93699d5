package io.keyledger.key.session;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.Ids;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends commands to the ledger and waits for what becomes of them. */
public final class CommandSender {

    /** The gateway gives up by itself at the deadline; this is for one that does not. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final CommandGateway gateway;
    private final String instance;
    private final Duration timeout;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public CommandSender(CommandGateway gateway, String instance, Duration timeout, Clock clock) {
        this.gateway = gateway;
        this.instance = instance;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * Sends a command and waits.
     *
     * @throws UnansweredException if there is no answer in time
     */
    public CommandReply send(
            OrganizationId organization,
            Actor actor,
            CommandRequest.@Nullable Idempotency idempotency,
            Command command) {
        var now = clock.instant();
        var id = new CommandId(newId());
        var request =
                new CommandRequest(id, organization, actor, instance, now, now.plus(timeout), idempotency, command);
        try {
            return gateway.submit(request)
                    .toCompletableFuture()
                    .get(timeout.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandGateway.NotAnswered unanswered) {
                throw new UnansweredException(id, unanswered.sent(), unanswered);
            }
            throw new IllegalStateException("Expected the ledger's answer to command " + id + ".", e.getCause());
        } catch (TimeoutException e) {
            throw new UnansweredException(id, true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnansweredException(id, true, e);
        }
    }

    /** A new id, sorted by time. */
    public UUID newId() {
        return Ids.uuidV7(clock.millis(), random.nextLong(), random.nextLong());
    }

    /** No answer in time. */
    public static final class UnansweredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient CommandId command;
        private final boolean sent;

        UnansweredException(CommandId command, boolean sent, Exception cause) {
            super("Expected an answer to command " + command + " in time.", cause);
            this.command = command;
            this.sent = sent;
        }

        /** Whose outcome can be asked. */
        public CommandId command() {
            return command;
        }

        /** Whether it may have been applied; false: it was never sent. */
        public boolean sent() {
            return sent;
        }
    }
}
