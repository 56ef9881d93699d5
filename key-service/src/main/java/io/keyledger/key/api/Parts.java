package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that is too large for one command. Each is a command of its own, sent when the one before was
 * answered, so that other commands go between; a repeated request skips those that were applied.
 */
final class Parts {

    private final Changes changes;
    private final OrganizationId organization;
    private final Actor actor;
    private final HttpServletRequest request;
    private int number;
    private Optional<Duration> wait = Optional.empty();
    private CommandReply.@Nullable Applied last;

    Parts(Changes changes, OrganizationId organization, Actor actor, HttpServletRequest request) {
        this.changes = changes;
        this.organization = organization;
        this.actor = actor;
        this.request = request;
    }

    /**
     * Does all of them, unless the same request is being done already.
     */
    void alone(Consumer<Parts> work) {
        wait = EnforcementWait.of(request);
        wait.ifPresent(_ -> changes.receipts().requireKnown());
        var _ = changes.alone(organization, actor, request, () -> {
            work.accept(this);
            return this;
        });
    }

    /**
     * Has the ledger apply the next part.
     *
     * @param content what makes this part another one: a repeated request must bring the same
     * @throws ProblemException if it is refused
     */
    Done apply(String content, Command command) {
        var idempotency = IdempotencyKey.ofPart(request, number, content.getBytes(StandardCharsets.UTF_8));
        var applied = changes.apply(organization, actor, idempotency, command);
        last = applied;
        number++;
        return new Done(applied);
    }

    /**
     * Which Collectors have applied all parts so far, if the caller waits for them: the last one's rows are the newest.
     * Empty within: it cannot be told.
     */
    Optional<Optional<?>> awaitEnforcement() {
        var newest = last;
        if (newest != null) {
            wait.ifPresent(
                    timeout -> EnforcementWait.keep(request, changes.receipts().await(newest, timeout)));
        }
        return EnforcementWait.kept(request);
    }
}
