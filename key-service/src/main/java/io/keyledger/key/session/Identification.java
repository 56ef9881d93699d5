package io.keyledger.key.session;

import io.keyledger.event.KeyKind;
import io.keyledger.event.Permission;
import io.keyledger.table.Freshness;
import io.keyledger.table.KeyCheck;
import io.keyledger.table.KeyCheck.Refusal;
import io.keyledger.table.Row.KeyRow;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds who calls by the token in {@code X-API-Key}, with the check of keys that every service shares. */
public final class Identification {

    private final KeyCheck keys;
    private final Freshness freshness;
    private final Duration maxStaleness;
    private final Duration proofTimeout;
    private final Clock clock;

    /**
     * Identifies by tables.
     *
     * @param maxStaleness a token whose revocation may have been missed for longer than this counts no more
     * @param proofTimeout for how long a refusal waits for its proof
     */
    public Identification(
            KeyCheck keys, Freshness freshness, Duration maxStaleness, Duration proofTimeout, Clock clock) {
        this.keys = keys;
        this.freshness = freshness;
        this.maxStaleness = maxStaleness;
        this.proofTimeout = proofTimeout;
        this.clock = clock;
    }

    /**
     * Finds who calls.
     *
     * @param presented the value of the header, without surrounding blanks
     * @param needed what the call asks for
     * @param address of the caller
     */
    public Identity identify(String presented, Permission needed, String address) {
        var first = keys.check(presented, clock.instant());
        var proof = proofFor(first, needed);
        if (proof.isEmpty()) {
            return judge(first, needed, address);
        }
        if (!proved(proof.get(), proofTimeout)) {
            return new Identity.Unready();
        }
        return judge(keys.check(presented, clock.instant()), needed, address);
    }

    /** What a newer row could reverse waits for a proof; empty: it is certain as it is. */
    private Optional<CompletionStage<Boolean>> proofFor(KeyCheck.Result result, Permission needed) {
        return switch (result) {
            case KeyCheck.Refused(var _, var key, var reversible) ->
                reversible ? Optional.of(proof(key)) : Optional.empty();
            case KeyCheck.Unready(var organization) ->
                organization == null ? Optional.empty() : Optional.of(freshness.prove(organization, proofTimeout));
            case KeyCheck.Valid valid ->
                valid.key().kind() == KeyKind.USER && !valid.may(needed)
                        ? Optional.of(freshness.prove(valid.key().organizationId(), proofTimeout))
                        : Optional.empty();
        };
    }

    private CompletionStage<Boolean> proof(@Nullable KeyRow key) {
        return key == null ? freshness.proveAllKeys(proofTimeout) : freshness.prove(key.organizationId(), proofTimeout);
    }

    private Identity judge(KeyCheck.Result result, Permission needed, String address) {
        return switch (result) {
            case KeyCheck.Unready _ -> new Identity.Unready();
            case KeyCheck.Refused refused -> refused(refused);
            case KeyCheck.Valid valid -> valid(valid, needed, address);
        };
    }

    private Identity valid(KeyCheck.Valid valid, Permission needed, String address) {
        var key = valid.key();
        var owner = key.ownerId();
        if (key.kind() != KeyKind.USER || owner == null) {
            return new Identity.Forbidden("not_a_token", notAToken(key.kind()));
        }
        if (!valid.may(needed)) {
            return new Identity.Forbidden(
                    "not_permitted",
                    "This call needs the permission " + needed.text()
                            + ", which this token or its owner's role lacks.");
        }
        // Cut off from Kafka for long, this process may have missed that the token was revoked.
        if (freshness.staleness().compareTo(maxStaleness) > 0) {
            return new Identity.Unready();
        }
        return new Identity.Known(new Caller(key.organizationId(), owner, key.keyId(), address));
    }

    private static String notAToken(KeyKind kind) {
        return switch (kind) {
            case GLOBAL, SYSTEM ->
                "A Collector key pushes telemetry and does nothing else: call the API with a user's token (tc-apiv1_…).";
            case ORGANIZATION -> "API keys cannot call this API yet: call it with a user's token (tc-apiv1_…).";
            case USER -> "This token belongs to nobody.";
        };
    }

    private static Identity refused(KeyCheck.Refused refused) {
        var code = refused.refusal().name().toLowerCase(Locale.ROOT);
        return refused.refusal() == Refusal.SUSPENDED_KEY
                ? new Identity.Forbidden(code, refused.message())
                : new Identity.Unknown(code, refused.message());
    }

    /** Waits for a proof; false if there is none in time. */
    static boolean proved(CompletionStage<Boolean> proof, Duration within) {
        try {
            // It completes by itself within the time-out; the second is for a machine that stands still.
            return proof.toCompletableFuture().get(within.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
