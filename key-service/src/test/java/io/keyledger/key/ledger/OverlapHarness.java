package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.GLOBAL;
import static io.keyledger.key.ledger.Fixtures.OVERRIDE;
import static io.keyledger.key.ledger.Fixtures.T0;
import static io.keyledger.key.ledger.Fixtures.overrideRef;
import static io.keyledger.key.ledger.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rotation in which the old secret and the new one both pass for a while. */
abstract class OverlapHarness {

    static final NewSecret SECOND = secret("second");
    static final NewSecret THIRD = secret("third");
    static final Duration DAY = Duration.ofHours(24);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Instant TOMORROW = T0.plus(DAY);
    static final Instant SOON = T0.plus(MINUTE);

    static RegenerateCollectorKey regenerate(@Nullable SystemId system, NewSecret secret, @Nullable Duration overlap) {
        return new RegenerateCollectorKey(system, secret, overlap);
    }

    static void assertPasses(Scenario scenario, NewSecret secret, @Nullable Instant until) {
        assertThat(scenario.keyRow(secret.hash()).status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(scenario.keyRow(secret.hash()).supersededAt()).isEqualTo(until);
    }

    static void assertReplaced(Scenario scenario, NewSecret secret, Instant since) {
        assertThat(scenario.keyRow(secret.hash()).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(scenario.keyRow(secret.hash()).supersededAt()).isEqualTo(since);
    }

    /** Whoever sends it is told so, and not that there is a newer secret. */
    static void assertRevoked(Scenario scenario, NewSecret secret) {
        assertThat(scenario.keyRow(secret.hash()).status()).isEqualTo(KeyStatus.REVOKED);
        assertThat(scenario.keyRow(secret.hash()).supersededAt()).isNull();
    }

    static KeyRef global(NewSecret secret, int version) {
        return new KeyRef(GLOBAL.keyId(), KeyKind.GLOBAL, secret.hash(), secret.hint(), version, null, null);
    }

    static KeyRef own(NewSecret secret, int version) {
        var ref = overrideRef(secret, version);
        return new KeyRef(
                OVERRIDE.keyId(), ref.kind(), ref.hash(), ref.hint(), ref.version(), ref.systemId(), ref.ownerId());
    }
}
