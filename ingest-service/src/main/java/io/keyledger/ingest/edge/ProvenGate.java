package io.keyledger.ingest.edge;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.ingest.gate.Admission;
import io.keyledger.ingest.gate.Admission.Admitted;
import io.keyledger.ingest.gate.Admission.Stopped;
import io.keyledger.ingest.gate.KeyGate;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.table.Freshness;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The gate with time and freshness: what a newer row could reverse is refused only after a proof that there is none,
 * asked for after the push arrived (DESIGN.md, section 6).
 */
final class ProvenGate {

    private static final Permission NEEDED = Permission.METRICS_WRITE;

    private final KeyGate gate;
    private final Freshness freshness;
    private final TableStanding standing;
    private final Duration proofWait;
    private final InstantSource clock;
    private final Executor after;

    /** @param after runs what follows a proof, so that the thread that applies rows goes on */
    ProvenGate(
            KeyGate gate,
            Freshness freshness,
            TableStanding standing,
            Duration proofWait,
            InstantSource clock,
            Executor after) {
        this.gate = gate;
        this.freshness = freshness;
        this.standing = standing;
        this.proofWait = proofWait;
        this.clock = clock;
        this.after = after;
    }

    /** Decides about the key. */
    CompletableFuture<Admission> admit(@Nullable String secret) {
        if (!standing.loaded()) {
            return Steps.done(unready(Verdict.Cause.LOADING));
        }
        var first = admitNow(secret);
        if (!(first instanceof Stopped(var verdict)) || !verdict.reversible()) {
            return Steps.done(aged(first));
        }
        return prove(verdict)
                .thenComposeAsync(proven -> proven ? admitAgain(secret, verdict) : Steps.done(unproven(first)), after);
    }

    /**
     * Decides after a proof. That of all keys says nothing of the organization whose key was heard of meanwhile: what its
     * older rows would refuse waits for a proof of its own.
     */
    private CompletableFuture<Admission> admitAgain(@Nullable String secret, Verdict before) {
        var second = admitNow(secret);
        if (organization(before) != null
                || !(second instanceof Stopped(var verdict))
                || !verdict.reversible()
                || organization(verdict) == null) {
            return Steps.done(aged(second));
        }
        return prove(verdict).thenApplyAsync(proven -> proven ? aged(admitNow(secret)) : unproven(second), after);
    }

    /**
     * Decides about the hosts of a push.
     *
     * @param admitted a moment ago; null: the key is looked at once more, for while a slow body arrived it may have been
     *     revoked, or the tables have grown stale
     */
    CompletableFuture<Verdict> decide(String secret, @Nullable Admitted admitted, List<Optional<HostName>> hosts) {
        var first = admitted == null ? decideNow(secret, hosts) : gate.decide(admitted, hosts, clock.instant());
        if (!first.reversible()) {
            return Steps.done(first);
        }
        return prove(first)
                .thenApplyAsync(
                        proven -> proven ? decideNow(secret, hosts) : new Verdict.Unready(Verdict.Cause.UNPROVEN, null),
                        after);
    }

    private Verdict decideNow(String secret, List<Optional<HostName>> hosts) {
        if (!standing.loaded()) {
            return new Verdict.Unready(Verdict.Cause.LOADING, null);
        }
        return switch (aged(admitNow(secret))) {
            case Stopped(var verdict) -> verdict;
            case Admitted admitted -> gate.decide(admitted, hosts, clock.instant());
        };
    }

    private Admission admitNow(@Nullable String secret) {
        return gate.admit(secret, NEEDED, clock.instant());
    }

    private CompletableFuture<Boolean> prove(Verdict verdict) {
        var organization = organization(verdict);
        var proof = organization == null ? freshness.proveAllKeys(proofWait) : freshness.prove(organization, proofWait);
        return proof.toCompletableFuture();
    }

    private static @Nullable OrganizationId organization(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> allowed.key().organizationId();
            case Verdict.Denied denied -> {
                var key = denied.key();
                yield key == null ? null : key.organizationId();
            }
            case Verdict.Unready unready -> unready.organization();
        };
    }

    /** Whether the tables are too old to decide by, and to go on with what was decided. */
    boolean isStale() {
        return standing.age() == StalenessRule.Standing.STALE;
    }

    /** A key that seems to hold may have been revoked where a Collector that is cut off cannot hear of it. */
    private Admission aged(Admission admission) {
        return admission instanceof Admitted && isStale() ? unready(Verdict.Cause.STALE) : admission;
    }

    private static Admission unproven(Admission first) {
        // What is not now anyway keeps its own reason.
        return first instanceof Stopped(Verdict.Unready _) ? first : unready(Verdict.Cause.UNPROVEN);
    }

    private static Admission unready(Verdict.Cause cause) {
        return new Stopped(new Verdict.Unready(cause, null));
    }
}
