package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.directory.ReadBarrier;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.receipt.Receipts;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.session.CommandSender;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Has the ledger apply the command, and waits for the Collectors if the request asks for it. */
    Done apply(OrganizationId organization, Actor actor, HttpServletRequest request, Command command) {
        var wait = EnforcementWait.of(request);
        // Before the change is made: whoever waits for Collectors that nobody knows would wait for none.
        wait.ifPresent(_ -> receipts.requireKnown());
        var applied = applied(send(organization, actor, request, command));
        wait.ifPresent(timeout -> EnforcementWait.keep(request, receipts.await(applied, timeout)));
        return new Done(applied);
    }

    /** A repeated request gets the first answer. */
    private CommandReply send(OrganizationId organization, Actor actor, HttpServletRequest request, Command command) {
        var idempotency = IdempotencyKey.of(request);
        if (idempotency == null) {
            return sender.send(organization, actor, null, command);
        }
        var run = new Running(organization, who(actor), idempotency.key());
        if (!running.add(run)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "idempotency_key_in_use",
                    "A request with this Idempotency-Key is still running. Ask again when it has been answered.");
        }
        try {
            return sender.send(organization, actor, idempotency, command);
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
