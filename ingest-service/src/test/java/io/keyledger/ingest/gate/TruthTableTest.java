package io.keyledger.ingest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN.md, section 6: the truth table, cell by cell. */
class TruthTableTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SystemId SYSTEM = new SystemId(new UUID(0, 1));
    private static final SystemId OTHER_SYSTEM = new SystemId(new UUID(0, 2));

    private static final String GLOBAL = "11111111-1111-4111-8111-111111111111";
    private static final String OVERRIDE = "22222222-2222-4222-8222-222222222222";
    private static final String OTHER_OVERRIDE = "33333333-3333-4333-8333-333333333333";
    private static final String UNKNOWN = "44444444-4444-4444-8444-444444444444";

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "OVERRIDE, GLOBAL, WRONG_KEY_FOR_HOST",
        "OVERRIDE, OWN, ALLOWED",
        "OVERRIDE, OTHER, WRONG_KEY_FOR_HOST",
        "OVERRIDE, NONE, MISSING_KEY",
        "OVERRIDE, UNKNOWN, UNKNOWN_KEY",
        "GRACE, GLOBAL, ALLOWED",
        "GRACE, OWN, ALLOWED",
        "GRACE, OTHER, WRONG_KEY_FOR_HOST",
        "GRACE, NONE, MISSING_KEY",
        "GRACE, UNKNOWN, UNKNOWN_KEY",
        "REVOKED, GLOBAL, WRONG_KEY_FOR_HOST",
        "REVOKED, OWN, REVOKED_KEY",
        "REVOKED, OTHER, WRONG_KEY_FOR_HOST",
        "REVOKED, NONE, MISSING_KEY",
        "REVOKED, UNKNOWN, UNKNOWN_KEY",
        "REMOVED, GLOBAL, ALLOWED",
        "REMOVED, OWN, REVOKED_KEY",
        "REMOVED, OTHER, WRONG_KEY_FOR_HOST",
        "REMOVED, NONE, MISSING_KEY",
        "REMOVED, UNKNOWN, UNKNOWN_KEY",
        // The System's row may be heard of before the key's: the key alone must not pass then.
        "REMOVED_KEY_NOT_HEARD, OWN, WRONG_KEY_FOR_HOST",
        "NO_OVERRIDE, GLOBAL, ALLOWED",
        "NO_OVERRIDE, OTHER, WRONG_KEY_FOR_HOST",
        "NO_OVERRIDE, NONE, MISSING_KEY",
        "NO_OVERRIDE, UNKNOWN, UNKNOWN_KEY",
        "UNLINKED, GLOBAL, ALLOWED",
        "UNLINKED, OWN, WRONG_KEY_FOR_HOST",
        "UNLINKED, OTHER, WRONG_KEY_FOR_HOST",
        "UNLINKED, NONE, MISSING_KEY",
        "UNLINKED, UNKNOWN, UNKNOWN_KEY",
        "UNLINKED_REJECTED, GLOBAL, UNLINKED_HOST",
        "UNLINKED_REJECTED, OWN, WRONG_KEY_FOR_HOST",
        "INACTIVE, GLOBAL, AGENTS_INACTIVE",
        "INACTIVE, OWN, AGENTS_INACTIVE",
        "INACTIVE, OTHER, AGENTS_INACTIVE",
        "INACTIVE, NONE, MISSING_KEY",
        "INACTIVE, UNKNOWN, UNKNOWN_KEY",
    })
    void everyCell(String situation, String presented, String expected) {
        for (var host : List.of("web-1", "WEB-1", "wEb-1")) {
            assertThat(outcome(situation, secret(presented), Optional.of(new HostName(host))))
                    .isEqualTo(expected);
        }
        if (situation.startsWith("UNLINKED")) {
            assertThat(outcome(situation, secret(presented), Optional.empty())).isEqualTo(expected);
        }
    }

    private static @Nullable String secret(String presented) {
        return switch (presented) {
            case "GLOBAL" -> GLOBAL;
            case "OWN" -> OVERRIDE;
            case "OTHER" -> OTHER_OVERRIDE;
            case "UNKNOWN" -> UNKNOWN;
            default -> null;
        };
    }

    private static FakeTables tables(String situation) {
        var active = !situation.equals("INACTIVE");
        var unlinked = situation.equals("UNLINKED_REJECTED") ? UnlinkedHosts.REJECT : UnlinkedHosts.ACCEPT;
        var dead = situation.equals("REVOKED") || situation.equals("REMOVED");
        var tables = new FakeTables()
                .settings(new OrganizationSettings(active, unlinked, MixedBatches.SPLIT))
                .key(GLOBAL, null, KeyStatus.ACTIVE)
                .key(OVERRIDE, SYSTEM, dead ? KeyStatus.REVOKED : KeyStatus.ACTIVE)
                .key(OTHER_OVERRIDE, OTHER_SYSTEM, KeyStatus.ACTIVE)
                .system(OTHER_SYSTEM, FakeTables.LONG_AGO)
                .system(SYSTEM, requiredFrom(situation));
        return situation.startsWith("UNLINKED") ? tables : tables.link("Web-1", SYSTEM);
    }

    private static @Nullable Instant requiredFrom(String situation) {
        return switch (situation) {
            case "OVERRIDE", "INACTIVE" -> NOW;
            case "REVOKED" -> NOW.minusNanos(1_000);
            case "GRACE" -> NOW.plusNanos(1_000);
            default -> null;
        };
    }

    private static String outcome(String situation, @Nullable String secret, Optional<HostName> host) {
        var gate = new KeyGate(tables(situation));
        return switch (gate.admit(secret, Permission.METRICS_WRITE, NOW)) {
            case Admission.Stopped(var verdict) -> name(verdict);
            case Admission.Admitted admitted -> name(gate.decide(admitted, List.of(host), NOW));
        };
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> allowed.partly() ? "PARTLY" : "ALLOWED";
            case Verdict.Denied denied -> denied.denial().name();
            case Verdict.Unready unready -> unready.cause().name().toLowerCase(Locale.ROOT);
        };
    }
}
