package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.directory.ReadBarrier;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest.Idempotency;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.session.CommandSender;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Sends a request's command to the ledger and makes its reply an answer or a problem. */
final class Changes {

    private final CommandSender sender;
    private final ReadBarrier barrier;
    private final DataKeySealer personal;
    private final Receipts receipts;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    Changes(CommandSender sender, ReadBarrier barrier, DataKeySealer personal, Receipts receipts) {
        this.sender = sender;
        this.barrier = barrier;
        this.personal = personal;
        this.receipts = receipts;
    }

    DataKeySealer personal() {
        return personal;
    }

    Receipts receipts() {
        return receipts;
    }

    /** Has the ledger apply the command, and waits for the Collectors if the request asks for it. */
    Done apply(OrganizationId organization, Actor actor, HttpServletRequest request, Command command) {
        var wait = EnforcementWait.of(request);
        // Before the change is made: whoever waits for Collectors that nobody knows would wait for none.
        wait.ifPresent(_ -> receipts.requireKnown());
        var applied = alone(
                organization, actor, request, () -> apply(organization, actor, IdempotencyKey.of(request), command));
        wait.ifPresent(timeout -> EnforcementWait.keep(request, receipts.await(applied, timeout)));
        return new Done(applied);
    }

    /** A command that was applied already gets the first answer. */
    CommandReply.Applied apply(
            OrganizationId organization, Actor actor, @Nullable Idempotency idempotency, Command command) {
        return applied(sender.send(organization, actor, idempotency, command));
    }

    /** Does what a request asks for, unless it is being done already. */
    <T> T alone(OrganizationId organization, Actor actor, HttpServletRequest request, Supplier<T> work) {
        var key = IdempotencyKey.find(request);
        if (key.isEmpty()) {
            return work.get();
        }
        var run = new Running(organization, who(actor), key.get());
        if (!running.add(run)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "idempotency_key_in_use",
                    "A request with this Idempotency-Key is still running. Ask again when it has been answered.");
        }
        try {
            return work.get();
        } finally {
            running.remove(run);
        }
    }

    private CommandReply.Applied applied(CommandReply reply) {
        return switch (reply) {
            case CommandReply.Refused refused -> throw new ProblemException(Problem.of(refused.rejection()));
            case CommandReply.Applied applied -> {
                barrier.onAnswered(new LedgerPosition(applied.partition(), applied.revision()));
                yield applied;
            }
        };
    }

    private static String who(Actor actor) {
        return actor.kind() + "/" + actor.key();
    }

    /** A request that has not been answered. */
    private record Running(OrganizationId organization, String actor, String key) {}
}
