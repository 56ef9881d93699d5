package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;

import io.keyledger.event.HostName;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Commands on three Systems, six hosts and the Collector keys, many of which will be refused.
 *
 * @param systems of the organization that they are for
 */
record RandomCommands(Random random, List<SystemId> systems) {

    static final List<SystemId> SYSTEMS = List.of(BILLING, SHIPPING, new SystemId(Fixtures.uuid("third")));

    RandomCommands(Random random) {
        this(random, SYSTEMS);
    }

    /** The next one; {@code step} makes its secret a new one, most of the time. */
    Command next(int step) {
        var system = systems.get(random.nextInt(systems.size()));
        var globalOrOwn = random.nextInt(3) == 0 ? null : system;
        return switch (random.nextInt(20)) {
            case 0, 1 -> new Command.RegisterSystem(system, randomName());
            case 2 -> new Command.RenameSystem(system, randomName(), randomVersion());
            case 3 -> new RemoveSystem(system, randomVersion());
            case 4 -> new Command.LinkHosts(system, randomHosts(), random.nextBoolean());
            case 5 -> new Command.ReplaceHosts(system, randomHosts(), random.nextBoolean(), null);
            case 6 -> new Command.UnlinkHosts(system, randomHosts());
            case 7, 8, 9 -> new Command.CreateOverride(system, randomSecret(step), randomGrace());
            case 10 -> new RemoveOverride(system);
            case 11, 16 -> new Command.RegenerateCollectorKey(globalOrOwn, randomSecret(step), randomOverlap());
            case 17 -> new Command.FinishOverlap(globalOrOwn);
            case 18 -> new Command.LinkEachHost(system, randomHosts(), random.nextBoolean(), randomVersion());
            case 19 -> new Command.UnlinkOtherHosts(system, randomEnd(), randomEnd(), randomHosts());
            case 12 -> new Command.RevokeCollectorKey(globalOrOwn, randomReason(), null);
            case 13 -> new Command.RevealCollectorKey(globalOrOwn);
            case 14 ->
                new Command.ChangeSettings(
                        random.nextBoolean(),
                        random.nextBoolean() ? UnlinkedHosts.ACCEPT : UnlinkedHosts.REJECT,
                        null,
                        randomVersion());
            // The Owner acts by this one: it is asked for again, never replaced.
            default -> new Command.ProvisionOwnerToken(Fixtures.OWNER_TOKEN);
        };
    }

    private String randomName() {
        return List.of("Billing", "billing", "Shipping", "Third").get(random.nextInt(4));
    }

    private @Nullable Long randomVersion() {
        return random.nextInt(4) == 0 ? Long.valueOf(random.nextInt(1, 6)) : null;
    }

    private NewSecret randomSecret(int step) {
        return Fixtures.secret("secret " + (random.nextInt(5) == 0 ? random.nextInt(step + 1) : step));
    }

    private @Nullable Duration randomGrace() {
        return random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(60));
    }

    /** Some last for a few commands, some for the whole history, some are out of bounds. */
    private @Nullable Duration randomOverlap() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> Duration.ofSeconds(random.nextInt(30));
            case 2 -> Duration.ofDays(30);
            case 3 -> Duration.ofDays(31);
            default -> null;
        };
    }

    private RevocationReason randomReason() {
        var reasons = List.of(RevocationReason.values());
        return reasons.get(random.nextInt(reasons.size()));
    }

    private @Nullable HostName randomEnd() {
        return random.nextBoolean() ? null : new HostName("host-" + random.nextInt(6));
    }

    private List<HostName> randomHosts() {
        var hosts = new ArrayList<HostName>();
        for (var i = random.nextInt(4); i > 0; i--) {
            hosts.add(new HostName("Host-" + random.nextInt(6)));
        }
        return hosts;
    }
}
