package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Role;
import io.keyledger.event.UserStatus;
import io.keyledger.table.KeyCheck.Refusal;
import io.keyledger.table.KeyCheck.Refused;
import io.keyledger.table.KeyCheck.Valid;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The instants from which on a key counts no more: at the instant, a microsecond before, and one after. */
class KeyCheckTimesTest {

    private static final String SECRET = "0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f";
    private static final Instant NOW = Rows.MADE.plusSeconds(60);
    private static final Duration MICRO = Duration.ofNanos(1_000);

    private final WritableLedgerTables tables = new InMemoryLedgerTables();
    private final KeyCheck check = new KeyCheck(tables);

    @BeforeEach
    void anOrganizationAndItsOwner() {
        tables.put(0, Rows.organization(null));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, null));
    }

    @Test
    void aKeyExpiresAtTheInstant() {
        tables.put(0, Rows.limited(Rows.globalKey(SECRET), NOW, null));
        assertValid(NOW.minus(MICRO));
        assertExpired(NOW);
        assertExpired(NOW.plus(MICRO));
    }

    @Test
    void aSecretIsSupersededAtTheInstant() {
        tables.put(0, Rows.limited(Rows.globalKey(SECRET), null, NOW));
        assertValid(NOW.minus(MICRO));
        assertSuperseded(NOW);
        assertSuperseded(NOW.plus(MICRO));
    }

    @Test
    void ofTwoLimitsTheEarlierCounts() {
        tables.put(0, Rows.limited(Rows.globalKey(SECRET), NOW.plusSeconds(1), NOW));
        assertValid(NOW.minus(MICRO));
        assertSuperseded(NOW);
        tables.put(0, Rows.limited(Rows.globalKey(SECRET), NOW, NOW.plusSeconds(1)));
        assertValid(NOW.minus(MICRO));
        assertExpired(NOW);
    }

    @Test
    void whatWasRevokedInItsOverlapIsRefusedBeforeItsEndToo() {
        tables.put(0, Rows.revoked(Rows.limited(Rows.globalKey(SECRET), null, NOW)));
        for (var at : new Instant[] {NOW.minus(MICRO), NOW, NOW.plus(MICRO)}) {
            assertSuperseded(at);
        }
    }

    @Test
    void whatWasMadeBeforeTheOrganizationsNotBeforeIsOver() {
        tables.put(0, Rows.globalKey(SECRET));
        tables.put(0, Rows.organization(Rows.MADE.minus(MICRO)));
        assertValid(NOW);
        tables.put(0, Rows.organization(Rows.MADE));
        assertValid(NOW);
        tables.put(0, Rows.organization(Rows.MADE.plus(MICRO)));
        assertExpired(NOW);
    }

    @Test
    void whatWasMadeBeforeItsOwnersNotBeforeIsOver() {
        tables.put(0, Rows.token(SECRET));
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, Rows.MADE.minus(MICRO)));
        assertValid(NOW);
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, Rows.MADE));
        assertValid(NOW);
        tables.put(0, Rows.user(Role.OWNER, UserStatus.ACTIVE, Rows.MADE.plus(MICRO)));
        assertExpired(NOW);
    }

    private void assertValid(Instant now) {
        assertThat(check.check(SECRET, now)).isInstanceOf(Valid.class);
    }

    private void assertSuperseded(Instant now) {
        assertRefused(now, Refusal.SUPERSEDED_KEY, false);
    }

    private void assertExpired(Instant now) {
        assertRefused(now, Refusal.EXPIRED_KEY, true);
    }

    private void assertRefused(Instant now, Refusal refusal, boolean reversible) {
        assertThat(check.check(SECRET, now)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(refusal);
            assertThat(refused.reversible()).isEqualTo(reversible);
        });
    }
}
