package io.keyledger.audit.web;

import io.keyledger.audit.ledger.HeldTables;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.table.KeyCheck;
import io.keyledger.table.KeyCheck.Refused;
import io.keyledger.table.KeyCheck.Unready;
import io.keyledger.table.KeyCheck.Valid;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who calls, by the tables that this process holds (DESIGN.md, section 6). A refusal that a newer row could reverse waits
 * for a proof that there is none; without one the answer is "not now".
 */
final class CallerCheck {

    /** How long a refusal may wait for its proof. */
    static final Duration PROOF = Duration.ofMillis(100);

    private final HeldTables tables;
    private final Clock clock;

    CallerCheck(HeldTables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** What the tables say: a caller, or a problem that is one only if nothing newer is known. */
    private sealed interface Answer {
        record Passed(Caller caller) implements Answer {}

        record Final(ProblemException problem) implements Answer {}

        /**
         * To be proved first.
         *
         * @param organization whose rows matter; empty: every key's
         */
        record Reversible(ProblemException problem, Optional<OrganizationId> organization) implements Answer {}
    }

    /**
     * The caller that presents this key.
     *
     * @throws ProblemException if the key does not count, may not do this, or nobody can tell now
     */
    Caller require(String presented, Permission permission) {
        if (!tables.loaded()) {
            throw new ProblemException(
                    Problem.TABLES_NOT_LOADED, "The keys are being loaded from Kafka; no key can be checked yet.");
        }
        if (tables.stale()) {
            throw new ProblemException(
                    Problem.TABLES_NOT_PROVEN,
                    "Kafka has been away for longer than a key may go unchecked; no key can be checked now.");
        }
        Set<Optional<OrganizationId>> proven = new HashSet<>();
        while (true) {
            switch (ask(presented, permission)) {
                case Answer.Passed(var caller) -> {
                    return caller;
                }
                case Answer.Final(var problem) -> throw problem;
                case Answer.Reversible(var problem, var organization) -> {
                    // What was proved before this look at the tables holds; each turn proves something else.
                    if (!proven.add(organization)) {
                        throw problem;
                    }
                    prove(organization);
                }
            }
        }
    }

    private Answer ask(String presented, Permission permission) {
        return switch (tables.check().check(presented, clock.instant())) {
            case Valid valid
            when valid.may(permission) ->
                new Answer.Passed(
                        new Caller(valid.key().organizationId(), valid.key().keyId()));
            case Valid valid ->
                new Answer.Reversible(
                        new ProblemException(
                                Problem.PERMISSION_MISSING,
                                "This key may not read the audit log: it lacks the permission " + permission.text()
                                        + "."),
                        Optional.of(valid.key().organizationId()));
            case Refused refused -> refused(refused);
            case Unready(var organization) -> unready(organization);
        };
    }

    private static Answer refused(Refused refused) {
        var key = refused.key();
        var problem = new ProblemException(problem(refused.refusal()), refused.message());
        return refused.reversible()
                ? new Answer.Reversible(problem, key == null ? Optional.empty() : Optional.of(key.organizationId()))
                : new Answer.Final(problem);
    }

    private static Problem problem(KeyCheck.Refusal refusal) {
        return switch (refusal) {
            case UNKNOWN_KEY -> Problem.UNKNOWN_KEY;
            case MALFORMED_KEY -> Problem.MALFORMED_KEY;
            case REVOKED_KEY -> Problem.REVOKED_KEY;
            case SUPERSEDED_KEY -> Problem.SUPERSEDED_KEY;
            case EXPIRED_KEY -> Problem.EXPIRED_KEY;
            case SUSPENDED_KEY -> Problem.SUSPENDED_KEY;
        };
    }

    private static Answer unready(@org.jspecify.annotations.Nullable OrganizationId organization) {
        var problem = notProven();
        return organization == null
                ? new Answer.Final(problem)
                : new Answer.Reversible(problem, Optional.of(organization));
    }

    private void prove(Optional<OrganizationId> organization) {
        var freshness = tables.freshness();
        CompletionStage<Boolean> proof =
                organization.map(id -> freshness.prove(id, PROOF)).orElseGet(() -> freshness.proveAllKeys(PROOF));
        if (!await(proof)) {
            throw notProven();
        }
    }

    private static boolean await(CompletionStage<Boolean> proof) {
        try {
            // Blocking costs a virtual thread nothing; the proof ends by itself, the limit is a second belt.
            return proof.toCompletableFuture().get(PROOF.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProblemException notProven() {
        return new ProblemException(
                Problem.TABLES_NOT_PROVEN,
                "Nobody can tell at this moment whether this key counts, for Kafka did not answer in time. Try again.");
    }
}
