package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyKind;
import io.keyledger.event.RevocationReason;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a System has a key of its own. */
final class OverrideDecider {

    private OverrideDecider() {}

    static Decision create(CreateOverride command, Situation situation) {
        var found = situation.findSystem(command.systemId());
        if (found.isEmpty()) {
            return Situation.noSuchSystem(command.systemId());
        }
        var system = found.get();
        var refusal = refuseSecond(system, situation)
                .or(() -> refuseGrace(command.grace()))
                .or(() -> SecretRules.refuseCollectorSecret(command.secret(), situation));
        if (refusal.isPresent()) {
            return new Decision.Rejected(refusal.get());
        }
        var events = new ArrayList<KeyEvent>();
        events.add(new KeyCreated(
                SecretRules.newKey(KeyKind.SYSTEM, command.secret(), system.id(), null), null, Set.of(), null));
        var from = requiredFrom(command.grace(), system, situation.now());
        if (!from.equals(system.overrideRequiredFrom())) {
            events.add(new SystemChanged(system.id(), system.name(), from));
        }
        return Decision.accept(
                events, CollectorKeyDecider.answer(command.secret().keyId(), system, situation));
    }

    static Decision remove(RemoveOverride command, Situation situation) {
        var found = situation.findSystem(command.systemId());
        if (found.isEmpty()) {
            return Situation.noSuchSystem(command.systemId());
        }
        var system = found.get();
        if (system.overrideRequiredFrom() == null) {
            return noOverride(system);
        }
        var events = new ArrayList<KeyEvent>();
        situation
                .findActiveOverride(system)
                .map(key -> Endings.ofKey(key, RevocationReason.DECOMMISSIONED, null, situation.now()))
                .ifPresent(events::addAll);
        events.add(new SystemChanged(system.id(), system.name(), null));
        return Decision.accept(events, SystemDecider.answer(system.id(), situation));
    }

    static Decision noOverride(SystemState system) {
        return Decision.reject(
                Fact.KEY_NOT_FOUND,
                "Expected System \"%s\" (%s) to have an override, but it has none: create one first."
                        .formatted(system.name(), system.id()));
    }

    private static Optional<Rejection> refuseSecond(SystemState system, Situation situation) {
        return situation
                .findActiveOverride(system)
                .map(key -> new Rejection(
                        Fact.OVERRIDE_ALREADY_ACTIVE,
                        "Expected System \"%s\" (%s) to have no active override, but key %s is one: regenerate, revoke or remove it."
                                .formatted(system.name(), system.id(), key.id())));
    }

    private static Optional<Rejection> refuseGrace(@Nullable Duration grace) {
        if (grace == null || (!grace.isNegative() && grace.compareTo(Limits.GRACE) <= 0)) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                Fact.INVALID, "Expected a grace period of PT0S to %s, but got %s.".formatted(Limits.GRACE, grace)));
    }

    /**
     * From when on the override is required. A requirement that is already in force after a revoke stays as it is,
     * unless a grace period is asked for in so many words.
     */
    private static Instant requiredFrom(@Nullable Duration grace, SystemState system, Instant now) {
        if (grace != null && !grace.isZero()) {
            return now.plus(grace).truncatedTo(ChronoUnit.MICROS);
        }
        var before = system.overrideRequiredFrom();
        return before != null && before.isBefore(now) ? before : now;
    }
}
