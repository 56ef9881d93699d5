package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.directory.LedgerPosition;
import io.keyledger.key.directory.ReadBarrier;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
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
    private final Set<Running> running = ConcurrentHashMap.newKeySet();

    Changes(CommandSender sender, ReadBarrier barrier, DataKeySealer personal) {
        this.sender = sender;
        this.barrier = barrier;
        this.personal = personal;
    }

    DataKeySealer personal() {
        return personal;
    }

    /** Has the ledger apply the command; a repeated request gets the first answer. */
    Done apply(OrganizationId organization, Actor actor, HttpServletRequest request, Command command) {
        var idempotency = IdempotencyKey.of(request);
        if (idempotency == null) {
            return done(sender.send(organization, actor, null, command));
        }
        var run = new Running(organization, who(actor), idempotency.key());
        if (!running.add(run)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "idempotency_key_in_use",
                    "A request with this Idempotency-Key is still running. Ask again when it has been answered.");
        }
        try {
            return done(sender.send(organization, actor, idempotency, command));
        } finally {
            running.remove(run);
        }
    }

    private Done done(CommandReply reply) {
        return switch (reply) {
            case CommandReply.Refused refused -> throw new ProblemException(Problem.of(refused.rejection()));
            case CommandReply.Applied applied -> {
                barrier.onAnswered(new LedgerPosition(applied.partition(), applied.revision()));
                yield new Done(applied);
            }
        };
    }

    private static String who(Actor actor) {
        return actor.kind() + "/" + actor.key();
    }

    /** A request that has not been answered. */
    private record Running(OrganizationId organization, String actor, String key) {}
}
