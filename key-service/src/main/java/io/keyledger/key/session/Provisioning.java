package io.keyledger.key.session;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.key.secret.DataKeySealer;
import io.keyledger.key.secret.Secret;
import io.keyledger.key.session.CommandSender.UnansweredException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every start makes sure of: the organization {@code default} with its global key, and the owner token from the
 * environment. All of it may be sent again, by this instance or another: the ledger finds it done.
 */
public final class Provisioning {

    private static final Logger log = LoggerFactory.getLogger(Provisioning.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final OrganizationId ORGANIZATION = NamedIds.DEFAULT_ORGANIZATION;

    private final CommandSender sender;
    private final NewOrganization newOrganization;
    private final NewSecrets secrets;
    private final DataKeySealer personal;
    private final ImportCheck imports;
    private final @Nullable Secret ownerToken;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean done;
    private boolean waiting;

    /**
     * Provisions.
     *
     * @param ownerToken null: leaves tokens as they are
     */
    public Provisioning(
            CommandSender sender,
            NewOrganization newOrganization,
            NewSecrets secrets,
            DataKeySealer personal,
            ImportCheck imports,
            @Nullable Secret ownerToken) {
        this.sender = sender;
        this.newOrganization = newOrganization;
        this.secrets = secrets;
        this.personal = personal;
        this.imports = imports;
        this.ownerToken = ownerToken;
    }

    /** Provisions in the background, again and again until the ledger has answered. */
    public void start() {
        Thread.ofVirtual().name("provisioning").start(this::run);
    }

    /** Whether the ledger has answered: before that the owner token may not count yet. */
    public boolean isDone() {
        return done;
    }

    /** Ends the attempts. */
    public void stop() {
        stopped.set(true);
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!stopped.get() && !attempt()) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean attempt() {
        try {
            done = createOrganization() && provisionToken();
            return done;
        } catch (UnansweredException e) {
            // Once: the ledger itself says what it waits for.
            if (!waiting) {
                waiting = true;
                log.atInfo()
                        .addKeyValue("organization", ORGANIZATION)
                        .log("The ledger does not answer yet: will try again");
            }
            return false;
        } catch (RuntimeException | Error e) {
            // A thread that ended here would leave the service unready for ever, and say nothing.
            log.atWarn().setCause(e).log("Could not provision: will try again");
            return false;
        }
    }

    private boolean createOrganization() {
        var dataKey = personal.make(ORGANIZATION.value());
        var command = newOrganization.command(ORGANIZATION, "default", null, dataKey);
        return switch (send(command)) {
            case CommandReply.Applied _ -> {
                log.atInfo().addKeyValue("organization", ORGANIZATION).log("Made the organization default");
                yield true;
            }
            case CommandReply.Refused refused ->
                refused.rejection().fact() == Fact.ORGANIZATION_ALREADY_EXISTS || refusedFor(refused);
        };
    }

    private boolean provisionToken() {
        if (ownerToken == null) {
            return true;
        }
        return switch (imports.look(ORGANIZATION, ownerToken)) {
            case FREE -> provision(ownerToken);
            case USED_ELSEWHERE -> {
                log.atWarn()
                        .addKeyValue("hint", ownerToken.hint())
                        .log("The owner token is another organization's: set another one in keyledger.owner-token");
                yield true;
            }
            case UNKNOWN -> false;
        };
    }

    private boolean provision(Secret token) {
        return switch (send(new Command.ProvisionOwnerToken(secrets.shownOnce(token)))) {
            case CommandReply.Applied applied -> {
                if (!applied.events().isEmpty()) {
                    log.atInfo()
                            .addKeyValue("organization", ORGANIZATION)
                            .addKeyValue("hint", token.hint())
                            .log("Provisioned the owner token");
                }
                yield true;
            }
            case CommandReply.Refused refused -> {
                if (refused.rejection().fact() == Fact.SECRET_REVOKED) {
                    log.atWarn()
                            .addKeyValue("hint", token.hint())
                            .log("The owner token was revoked and stays so: set another one in keyledger.owner-token");
                    yield true;
                }
                yield refusedFor(refused);
            }
        };
    }

    /** Whether asking again is of no use. */
    private static boolean refusedFor(CommandReply.Refused refused) {
        log.atWarn()
                .addKeyValue("fact", refused.rejection().fact())
                .addKeyValue("why", refused.rejection().message())
                .log("The ledger refused to provision");
        return switch (refused.rejection().fact()) {
            case PAST_DEADLINE, FAILED -> false;
            default -> true;
        };
    }

    private CommandReply send(Command command) {
        return sender.send(ORGANIZATION, Actor.LEDGER, null, command);
    }
}
