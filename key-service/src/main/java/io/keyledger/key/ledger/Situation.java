package io.keyledger.key.ledger;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import io.keyledger.key.ledger.LedgerState.SystemState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a decider looks at: the command's organization as it stands.
 *
 * @param id the organization's
 * @param now ledger time
 */
record Situation(OrganizationId id, LedgerState state, Instant now) {

    /** The organization; {@link Rights} has refused the command where there is none. */
    OrganizationState organization() {
        return state.findOrganization(id)
                .orElseThrow(() -> new IllegalStateException("Expected organization " + id + ", but there is none."));
    }

    Optional<SystemState> findSystem(SystemId system) {
        return state.findSystem(id, system);
    }

    /** The key that the state names, if it names one. */
    Optional<KeyState> findKey(@Nullable KeyId key) {
        return key == null ? Optional.empty() : state.findKey(id, key);
    }

    /** The System's own key, if it is active. */
    Optional<KeyState> findActiveOverride(SystemState system) {
        return findKey(system.overrideKeyId()).filter(KeyState::active);
    }

    /** Decides of a System that is there, if it is at the version that the editor saw; null: whatever it is at. */
    Decision ofSystem(SystemId system, @Nullable Long expected, Function<SystemState, Decision> decide) {
        return findSystem(system)
                .map(found -> refuseVersion("System " + found.id(), expected, found.version())
                        .<Decision>map(Decision.Rejected::new)
                        .orElseGet(() -> decide.apply(found)))
                .orElseGet(() -> noSuchSystem(system));
    }

    static Decision noSuchSystem(SystemId system) {
        return Decision.reject(
                Fact.SYSTEM_NOT_FOUND, "Expected System %s, but this organization has none.".formatted(system));
    }

    /** Why an editor that saw {@code expected} may not change what is at {@code version} by now. */
    static Optional<Rejection> refuseVersion(String what, @Nullable Long expected, long version) {
        if (expected == null || expected == version) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                Fact.VERSION_MISMATCH,
                "Expected %s at version %d, but it is at version %d: read it again, then change it."
                        .formatted(what, expected, version)));
    }
}
