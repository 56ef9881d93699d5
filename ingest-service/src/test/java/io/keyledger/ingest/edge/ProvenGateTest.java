package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.FakeTables;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ProvenGateTest {

    private static final String GLOBAL = "11111111-1111-4111-8111-111111111111";
    private static final String OVERRIDE = "22222222-2222-4222-8222-222222222222";
    private static final SystemId SYSTEM = new SystemId(new UUID(0, 1));
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

    private final FakeTables tables =
            new FakeTables().settings(OrganizationSettings.DEFAULT).key(GLOBAL, null, KeyStatus.ACTIVE);
    private final List<CompletableFuture<Boolean>> questions = new ArrayList<>();
    private boolean loaded = true;
    private Standing age = Standing.FRESH;

    private final ProvenGate gate = new ProvenGate(
            new KeyGate(tables), new Questions(), new FakeStanding(), Duration.ofMillis(100), CLOCK, Runnable::run);

    @Test
    void aKeyThatHoldsWaitsForNothing() {
        assertThat(gate.admit(GLOBAL)).isCompletedWithValueMatching(Admission.Admitted.class::isInstance);
        assertThat(questions).isEmpty();
    }

    @Test
    void aKeyThatIsHeardOfWhileTheProofIsOnItsWayPasses() {
        var answer = gate.admit(OVERRIDE).toCompletableFuture();
        assertThat(answer).isNotDone();

        tables.key(OVERRIDE, SYSTEM, KeyStatus.ACTIVE);
        questions.getFirst().complete(true);

        assertThat(answer.join()).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void anUnknownKeyIsRefusedAfterAProofAlone() {
        var proven = gate.admit(OVERRIDE).toCompletableFuture();
        var unproven = gate.admit(OVERRIDE).toCompletableFuture();
        questions.get(0).complete(true);
        questions.get(1).complete(false);

        assertThat(stop(proven.join())).isEqualTo(new Verdict.Denied(Denial.UNKNOWN_KEY, null, true));
        assertThat(stop(unproven.join())).isEqualTo(new Verdict.Unready(Verdict.Cause.UNPROVEN, null));
    }

    /** The proof for an unknown key is of all keys, and says nothing of the rows of the organization that it names. */
    @Test
    void aKeyThatIsHeardOfBeforeItsOrganizationWaitsForIt() {
        tables.settings(new OrganizationSettings(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT));
        var answer = gate.admit(OVERRIDE).toCompletableFuture();
        var late = gate.admit(OVERRIDE).toCompletableFuture();
        tables.key(OVERRIDE, SYSTEM, KeyStatus.ACTIVE);
        questions.get(0).complete(true);
        questions.get(1).complete(true);
        assertThat(answer).isNotDone();

        tables.settings(OrganizationSettings.DEFAULT);
        questions.get(2).complete(true);
        questions.get(3).complete(false);

        assertThat(answer.join()).isInstanceOf(Admission.Admitted.class);
        assertThat(stop(late.join())).isEqualTo(new Verdict.Unready(Verdict.Cause.UNPROVEN, null));
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceHoweverStaleTheTablesAre() {
        tables.key(GLOBAL, null, KeyStatus.REVOKED);
        age = Standing.STALE;

        var denied =
                (Verdict.Denied) stop(gate.admit(GLOBAL).toCompletableFuture().join());

        assertThat(denied.denial()).isEqualTo(Denial.REVOKED_KEY);
        assertThat(questions).isEmpty();
    }

    @Test
    void staleTablesLetNothingPassUnlessTheOperatorChoseSo() {
        age = Standing.STALE;
        assertThat(stop(gate.admit(GLOBAL).toCompletableFuture().join()))
                .isEqualTo(new Verdict.Unready(Verdict.Cause.STALE, null));

        age = Standing.UNPROVABLE;
        assertThat(gate.admit(GLOBAL)).isCompletedWithValueMatching(Admission.Admitted.class::isInstance);
    }

    @Test
    void nothingIsDecidedWhileTheTablesAreLoading() {
        loaded = false;
        assertThat(stop(gate.admit("nonsense").toCompletableFuture().join()))
                .isEqualTo(new Verdict.Unready(Verdict.Cause.LOADING, null));
    }

    @Test
    void aHostThatIsLinkedWhileTheProofIsOnItsWayIsDecidedAnew() {
        tables.key(OVERRIDE, SYSTEM, KeyStatus.ACTIVE).system(SYSTEM, FakeTables.LONG_AGO);

        var verdict = gate.decide(OVERRIDE, null, List.of(Optional.of(new HostName("new"))))
                .toCompletableFuture();
        assertThat(verdict).isNotDone();
        tables.link("new", SYSTEM);
        questions.getFirst().complete(true);

        assertThat(verdict.join()).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aKeyThatWasRevokedWhileTheHostsWaitedIsRefused() {
        tables.key(OVERRIDE, SYSTEM, KeyStatus.ACTIVE);
        var verdict = gate.decide(OVERRIDE, null, List.of(Optional.empty())).toCompletableFuture();

        tables.key(OVERRIDE, SYSTEM, KeyStatus.REVOKED);
        questions.getFirst().complete(true);

        assertThat(((Verdict.Denied) verdict.join()).denial()).isEqualTo(Denial.REVOKED_KEY);
    }

    @Test
    void aKeyThatWasRevokedWhileTheBodyArrivedIsRefused() {
        assertThat(gate.admit(GLOBAL)).isCompletedWithValueMatching(Admission.Admitted.class::isInstance);
        tables.key(GLOBAL, null, KeyStatus.REVOKED);

        var verdict = gate.decide(GLOBAL, null, List.of(Optional.empty())).toCompletableFuture();

        assertThat(((Verdict.Denied) verdict.join()).denial()).isEqualTo(Denial.REVOKED_KEY);
    }

    @Test
    void tablesThatGrewStaleWhileTheBodyArrivedLetNothingPass() {
        assertThat(gate.admit(GLOBAL)).isCompletedWithValueMatching(Admission.Admitted.class::isInstance);
        age = Standing.STALE;

        assertThat(gate.decide(GLOBAL, null, List.of(Optional.empty())))
                .isCompletedWithValue(new Verdict.Unready(Verdict.Cause.STALE, null));
    }

    private static Verdict.Stop stop(Admission admission) {
        return ((Admission.Stopped) admission).verdict();
    }

    private final class FakeStanding implements TableStanding {
        @Override
        public boolean loaded() {
            return loaded;
        }

        @Override
        public Standing age() {
            return age;
        }
    }

    private final class Questions implements Freshness {
        @Override
        public Duration staleness() {
            return Duration.ZERO;
        }

        @Override
        public CompletionStage<Boolean> prove(OrganizationId organization, Duration within) {
            return proveAllKeys(within);
        }

        @Override
        public CompletionStage<Boolean> proveAllKeys(Duration within) {
            var question = new CompletableFuture<Boolean>();
            questions.add(question);
            return question;
        }
    }
}
