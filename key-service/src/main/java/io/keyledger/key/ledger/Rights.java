package io.keyledger.key.ledger;

import io.keyledger.event.Actor;
import io.keyledger.event.KeyKind;
import io.keyledger.event.Permission;
import io.keyledger.event.Role;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.Command.ChangeSettings;
import io.keyledger.key.ledger.Command.CreateOrganization;
import io.keyledger.key.ledger.Command.CreateOverride;
import io.keyledger.key.ledger.Command.FinishOverlap;
import io.keyledger.key.ledger.Command.LinkEachHost;
import io.keyledger.key.ledger.Command.LinkHosts;
import io.keyledger.key.ledger.Command.ProvisionOwnerToken;
import io.keyledger.key.ledger.Command.RegenerateCollectorKey;
import io.keyledger.key.ledger.Command.RegisterSystem;
import io.keyledger.key.ledger.Command.RemoveOverride;
import io.keyledger.key.ledger.Command.RemoveSystem;
import io.keyledger.key.ledger.Command.RenameSystem;
import io.keyledger.key.ledger.Command.ReplaceHosts;
import io.keyledger.key.ledger.Command.RevealCollectorKey;
import io.keyledger.key.ledger.Command.RevokeCollectorKey;
import io.keyledger.key.ledger.Command.UnlinkHosts;
import io.keyledger.key.ledger.Command.UnlinkOtherHosts;
import io.keyledger.key.ledger.Command.WithdrawOwnerToken;
import io.keyledger.key.ledger.LedgerState.KeyState;
import io.keyledger.key.ledger.LedgerState.UserState;
import io.keyledger.key.ledger.Rejection.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what (DESIGN.md, section 5). Decided by the state in the ledger, in the same order as the changes
 * themselves: what the edge saw when it let the request in may be over by now.
 */
final class Rights {

    private Rights() {}

    /** Why the command's actor may not do what the command says. */
    static Optional<Rejection> refuse(CommandRequest request, Situation situation) {
        var actor = request.actor();
        return switch (request.command()) {
            case CreateOrganization _ -> refuseOthers(actor, List.of(Actor.Kind.OPERATOR, Actor.Kind.LEDGER));
            case ProvisionOwnerToken _ ->
                refuseOthers(actor, List.of(Actor.Kind.LEDGER)).or(() -> refuseNowhere(situation));
            case WithdrawOwnerToken _ ->
                refuseOthers(actor, List.of(Actor.Kind.OPERATOR, Actor.Kind.LEDGER))
                        .or(() -> refuseNowhere(situation));
            case ChangeSettings _,
                    RegisterSystem _,
                    RenameSystem _,
                    RemoveSystem _,
                    LinkHosts _,
                    ReplaceHosts _,
                    UnlinkHosts _,
                    LinkEachHost _,
                    UnlinkOtherHosts _,
                    CreateOverride _,
                    RemoveOverride _,
                    RegenerateCollectorKey _,
                    FinishOverlap _,
                    RevokeCollectorKey _,
                    RevealCollectorKey _ ->
                refuseOthers(actor, List.of(Actor.Kind.USER))
                        .or(() -> refuseNowhere(situation))
                        .or(() -> refuseUser(actor, situation))
                        .or(() -> refuseKey(actor, situation));
        };
    }

    private static Optional<Rejection> refuseOthers(Actor actor, List<Actor.Kind> permitted) {
        return permitted.contains(actor.kind())
                ? Optional.empty()
                : no("Expected this of %s, but it was asked by %s.".formatted(permitted, actor.kind()));
    }

    private static Optional<Rejection> refuseNowhere(Situation situation) {
        return situation.state().findOrganization(situation.id()).isPresent()
                ? Optional.empty()
                : Optional.of(new Rejection(
                        Fact.ORGANIZATION_NOT_FOUND,
                        "Expected organization %s, but there is none.".formatted(situation.id())));
    }

    private static Optional<Rejection> refuseUser(Actor actor, Situation situation) {
        var user = findUser(actor, situation);
        if (user.isEmpty()) {
            return no("Expected a user of organization %s, but %s is none.".formatted(situation.id(), actor.user()));
        }
        if (user.get().status() != UserStatus.ACTIVE) {
            return no("Expected an active user, but %s is %s."
                    .formatted(actor.user(), user.get().status()));
        }
        return switch (user.get().role()) {
            case Role.OWNER, Role.ADMINISTRATOR -> Optional.empty();
            case Role.MANAGER, Role.VIEWER ->
                no("Expected an Owner or an Administrator, but %s is %s."
                        .formatted(actor.user(), user.get().role()));
        };
    }

    private static Optional<Rejection> refuseKey(Actor actor, Situation situation) {
        var found = situation.findKey(actor.key()).filter(key -> key.kind() == KeyKind.USER);
        if (found.isEmpty()) {
            return no("Expected a token of this organization, but %s is none.".formatted(actor.key()));
        }
        var key = found.get();
        if (!key.active()) {
            return no("Expected to act by an active token, but %s was revoked.".formatted(key.id()));
        }
        if (!Objects.equals(key.ownerId(), actor.user())) {
            return no("Expected a token of user %s, but %s belongs to %s."
                    .formatted(actor.user(), key.id(), key.ownerId()));
        }
        var expiresAt = key.expiresAt();
        if (expiresAt != null && !situation.now().isBefore(expiresAt)) {
            return no("Expected to act by a token that still counts, but %s expired at %s."
                    .formatted(key.id(), expiresAt));
        }
        if (madeBefore(key, situation.organization().notBefore())
                || madeBefore(
                        key,
                        findUser(actor, situation).map(UserState::notBefore).orElse(null))) {
            return no("Expected to act by a token that still counts, but %s was made before all were called in."
                    .formatted(key.id()));
        }
        // All that is changed here decides which keys pass, or shows one.
        return key.permissions().contains(Permission.KEYS_WRITE)
                ? Optional.empty()
                : no("Expected a token with the permission %s, but %s does not have it."
                        .formatted(Permission.KEYS_WRITE.text(), key.id()));
    }

    private static Optional<UserState> findUser(Actor actor, Situation situation) {
        var user = actor.user();
        return user == null ? Optional.empty() : situation.state().findUser(situation.id(), user);
    }

    private static boolean madeBefore(KeyState key, @Nullable Instant notBefore) {
        return notBefore != null && key.secretCreatedAt().isBefore(notBefore);
    }

    private static Optional<Rejection> no(String message) {
        return Optional.of(new Rejection(Fact.NOT_PERMITTED, message));
    }
}
