package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides of Collector keys that are there: the global key, and overrides alike. */
final class CollectorKeyDecider {

    private CollectorKeyDecider() {}

    static Decision regenerate(RegenerateCollectorKey command, Situation situation) {
        return on(command.systemId(), situation, target -> {
            var key = target.key();
            if (key == null && target.system() != null) {
                // To make one here would make the System require it, which nobody asked for.
                return OverrideDecider.noOverride(target.system());
            }
            var secret = command.secret();
            var overlap = command.overlap();
            var refusal = Endings.refuseOverlap(overlap).or(() -> SecretRules.refuseCollectorSecret(secret, situation));
            if (refusal.isPresent()) {
                return new Decision.Rejected(refusal.get());
            }
            if (key == null || !key.active()) {
                var kind = target.system() == null ? KeyKind.GLOBAL : KeyKind.SYSTEM;
                return Decision.accept(
                        List.of(new KeyCreated(
                                SecretRules.newKey(kind, secret, command.systemId(), null), null, Set.of(), null)),
                        answer(secret.keyId(), target.system(), situation));
            }
            var next = new KeyRef(
                    key.id(),
                    key.kind(),
                    secret.hash(),
                    secret.hint(),
                    key.version() + 1,
                    key.systemId(),
                    key.ownerId());
            // No more than two secrets of a key count: the one before the last ends here, whatever was agreed for it.
            var events = new ArrayList<KeyEvent>();
            Endings.ofOverlap(key, situation.now()).ifPresent(events::add);
            var until = overlap == null ? null : situation.now().plus(overlap).truncatedTo(ChronoUnit.MICROS);
            events.add(new KeyRegenerated(next, key.hash(), until));
            return Decision.accept(events, answer(key.id(), target.system(), situation));
        });
    }

    static Decision finish(FinishOverlap command, Situation situation) {
        return on(command.systemId(), situation, target -> {
            var key = target.key();
            if (key == null) {
                return notFound(target);
            }
            if (!key.active()) {
                return alreadyRevoked("finish the overlap of", key);
            }
            if (!Endings.overlaps(key, situation.now())) {
                return Decision.reject(
                        Fact.NO_OVERLAP,
                        "Expected key %s in an overlap, but %s."
                                .formatted(
                                        key.id(),
                                        key.supersededAt() == null
                                                ? "its current secret alone passes"
                                                : "the last one ended at " + key.supersededAt()));
            }
            return Decision.accept(
                    Endings.ofOverlap(key, situation.now()).stream().toList(),
                    answer(key.id(), target.system(), situation));
        });
    }

    static Decision revoke(RevokeCollectorKey command, Situation situation) {
        return on(command.systemId(), situation, target -> {
            var refusal = TextRules.refuseComment(command.comment());
            if (refusal.isPresent()) {
                return new Decision.Rejected(refusal.get());
            }
            var key = target.key();
            if (key == null) {
                return notFound(target);
            }
            if (!key.active()) {
                return alreadyRevoked("revoke", key);
            }
            var events = new ArrayList<>(Endings.ofKey(key, command.reason(), command.comment(), situation.now()));
            var system = target.system();
            // A grace period ends here: a System that asked for its own key never falls back to the global one.
            if (system != null
                    && (system.overrideRequiredFrom() == null
                            || system.overrideRequiredFrom().isAfter(situation.now()))) {
                events.add(new SystemChanged(system.id(), system.name(), situation.now()));
            }
            return Decision.accept(events, answer(key.id(), system, situation));
        });
    }

    static Decision reveal(RevealCollectorKey command, Situation situation) {
        return on(command.systemId(), situation, target -> {
            var key = target.key();
            if (key == null) {
                return notFound(target);
            }
            return key.active()
                    ? Decision.accept(List.of(new KeyRevealed(key.ref())), answer(key.id(), target.system(), situation))
                    : alreadyRevoked("reveal", key);
        });
    }

    /** The key after the change, with its System. */
    static Decision.AnswerOf answer(KeyId id, @Nullable SystemState system, Situation situation) {
        var organization = situation.id();
        return after -> new Answer.OfKey(
                after.findKey(organization, id).orElseThrow(),
                system == null
                        ? null
                        : after.findSystem(organization, system.id()).orElseThrow(),
                null);
    }

    /**
     * What a command is about.
     *
     * @param system null: the organization's global key
     * @param key the current or last one; null: there is none
     */
    private record Target(
            @Nullable SystemState system, @Nullable KeyState key) {}

    private static Decision on(@Nullable SystemId systemId, Situation situation, Function<Target, Decision> decider) {
        if (systemId == null) {
            var key = situation.findKey(situation.organization().globalKeyId());
            return decider.apply(new Target(null, key.orElse(null)));
        }
        return situation
                .findSystem(systemId)
                .map(system -> decider.apply(new Target(
                        system, situation.findKey(system.overrideKeyId()).orElse(null))))
                .orElseGet(() -> Situation.noSuchSystem(systemId));
    }

    private static Decision notFound(Target target) {
        return target.system() == null
                ? Decision.reject(
                        Fact.KEY_NOT_FOUND, "Expected a global key, but there is none: regenerate makes a new one.")
                : OverrideDecider.noOverride(target.system());
    }

    private static Decision alreadyRevoked(String act, KeyState key) {
        var revocation = key.revocation();
        return Decision.reject(
                Fact.ALREADY_REVOKED,
                "Expected to %s key %s, but it was revoked%s: regenerate makes a new one."
                        .formatted(act, key.id(), revocation == null ? "" : " at " + revocation.at()));
    }
}
