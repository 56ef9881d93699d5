package io.keyledger.key.prober;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyKind;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.session.CommandSender;
import io.keyledger.key.session.NewOrganization;
import io.keyledger.key.session.NewSecrets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The prober's organization, as whoever took it over last may change it. Its rights are those of any Owner: taking over
 * makes a token for it, and ends the one before, so that the ledger itself refuses a prober that went on for too long.
 */
final class LedgerCanary implements Canary {

    private static final OrganizationId ORGANIZATION = OrganizationId.PROBER;
    private static final String NAME = "keyledger-prober";

    private final CommandSender sender;
    private final NewSecrets secrets;
    private final Actor owner;
    private @Nullable Secret key;

    private LedgerCanary(CommandSender sender, NewSecrets secrets, Actor owner) {
        this.sender = sender;
        this.secrets = secrets;
        this.owner = owner;
    }

    /** What it takes to take over. */
    record Parts(CommandSender sender, NewOrganization newOrganization, NewSecrets secrets, DataKeySealer personal) {

        /**
         * Takes over: makes the organization if it is missing, switches its agents on, and gives it a new key, for the
         * old one's secret went with whoever had it.
         *
         * @throws RefusedException if the ledger refuses
         * @throws CommandSender.UnansweredException if it does not answer
         */
        Canary takeOver() {
            var token = new Command.ProvisionOwnerToken(secrets.shownOnce(secrets.generate(KeyKind.USER)));
            var reply = sender.send(ORGANIZATION, Actor.LEDGER, null, token);
            if (reply instanceof CommandReply.Refused(var _, var _, var why)
                    && why.fact() == Fact.ORGANIZATION_NOT_FOUND) {
                var dataKey = personal.make(ORGANIZATION.value());
                require(sender.send(
                        ORGANIZATION, Actor.LEDGER, null, newOrganization.command(ORGANIZATION, NAME, null, dataKey)));
                reply = sender.send(ORGANIZATION, Actor.LEDGER, null, token);
            }
            var canary = new LedgerCanary(sender, secrets, owner(require(reply)));
            canary.apply(CanaryChange.ACTIVATED);
            canary.apply(CanaryChange.KEY_MADE);
            return canary;
        }

        /** The token's own secret was for nobody: commands name its id. */
        private static Actor owner(CommandReply.Applied applied) {
            if (applied.answer() instanceof Answer.OfOrganization(var _, var token) && token != null) {
                return new Actor(Actor.Kind.USER, token.ownerId(), token.id(), null);
            }
            throw new IllegalStateException("Expected the prober's token in the answer, but there is none.");
        }
    }

    /** The ledger refused a change of the prober's. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(Rejection why) {
            super("Expected the ledger to apply the prober's change, but it refused: " + why.message());
        }
    }

    @Override
    public Secret key() {
        return Objects.requireNonNull(key, "a canary begins with a key");
    }

    /**
     * {@inheritDoc}
     *
     * @throws RefusedException if the ledger refuses
     * @throws CommandSender.UnansweredException if it does not answer
     */
    @Override
    public void apply(CanaryChange change) {
        switch (change) {
            case DEACTIVATED -> send(new Command.ChangeSettings(false, null, null, null));
            case ACTIVATED -> send(new Command.ChangeSettings(true, null, null, null));
            case KEY_REVOKED -> send(new Command.RevokeCollectorKey(null, RevocationReason.DECOMMISSIONED, null));
            case KEY_MADE -> {
                var made = secrets.generate(KeyKind.GLOBAL);
                send(new Command.RegenerateCollectorKey(null, secrets.recoverable(ORGANIZATION, made), null));
                key = made;
            }
        }
    }

    private void send(Command command) {
        require(sender.send(ORGANIZATION, owner, null, command));
    }

    private static CommandReply.Applied require(CommandReply reply) {
        return switch (reply) {
            case CommandReply.Applied applied -> applied;
            case CommandReply.Refused refused -> throw new RefusedException(refused.rejection());
        };
    }
}
