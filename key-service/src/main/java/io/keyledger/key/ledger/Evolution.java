package io.keyledger.key.ledger;

import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.KeyCreated;
import io.keyledger.event.KeyEvent.KeyDeleted;
import io.keyledger.event.KeyEvent.KeyExpired;
import io.keyledger.event.KeyEvent.KeyOverlapFinished;
import io.keyledger.event.KeyEvent.KeyPermissionsChanged;
import io.keyledger.event.KeyEvent.KeyReassigned;
import io.keyledger.event.KeyEvent.KeyRegenerated;
import io.keyledger.event.KeyEvent.KeyRevealed;
import io.keyledger.event.KeyEvent.KeyRevoked;
import io.keyledger.event.KeyEvent.OrganizationCreated;
import io.keyledger.event.KeyEvent.OrganizationSettingsChanged;
import io.keyledger.event.KeyEvent.PersonErased;
import io.keyledger.event.KeyEvent.RevokedKeyUsed;
import io.keyledger.event.KeyEvent.SystemChanged;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.KeyEvent.SystemRemoved;
import io.keyledger.event.KeyEvent.Unknown;
import io.keyledger.event.KeyEvent.UserAdded;
import io.keyledger.event.KeyEvent.UserDetailsChanged;
import io.keyledger.event.KeyEvent.UserDisabled;
import io.keyledger.event.KeyEvent.UserEnabled;
import io.keyledger.event.KeyEvent.UserRemoved;
import io.keyledger.event.KeyEvent.UserRoleChanged;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.UserStatus;
import io.keyledger.key.ledger.LedgerState.OrganizationState;
import java.time.Instant;

/** One event on its way into the state. */
record Evolution(LedgerState state, LedgerEvent envelope) {

    /** Applies the event; false: the state has it already. */
    boolean apply() {
        long known = state.findOrganization(id())
                .map(OrganizationState::organizationRevision)
                .orElse(0L);
        if (envelope.organizationRevision() <= known) {
            return false;
        }
        if (envelope.organizationRevision() != known + 1) {
            throw inapplicable("the organization's last event has number %d.".formatted(known));
        }
        applyPayload();
        state.findOrganization(id())
                .map(organization -> organization.withRevision(envelope.organizationRevision()))
                .ifPresent(state::putOrganization);
        return true;
    }

    private void applyPayload() {
        switch (envelope.event()) {
            case KeyCreated event -> SecretEvolution.created(event, this);
            case KeyRegenerated event -> SecretEvolution.regenerated(event, this);
            case KeyOverlapFinished event -> SecretEvolution.overlapFinished(event, this);
            case KeyRevoked event -> KeyEvolution.revoked(event, this);
            case KeyReassigned event -> KeyEvolution.reassigned(event, this);
            case KeyDeleted event -> KeyEvolution.deleted(event, this);
            case KeyPermissionsChanged event -> KeyEvolution.permissionsChanged(event, this);
            case KeyExpired event -> KeyEvolution.require(event.key(), this);
            case KeyRevealed event -> KeyEvolution.require(event.key(), this);
            case RevokedKeyUsed event -> KeyEvolution.require(event.key(), this);
            case OrganizationCreated event -> OrganizationEvolution.created(event, this);
            case OrganizationSettingsChanged event -> OrganizationEvolution.settingsChanged(event, this);
            case SystemRegistered event -> SystemEvolution.registered(event, this);
            case SystemChanged event -> SystemEvolution.changed(event, this);
            case SystemRemoved event -> SystemEvolution.removed(event, this);
            case HostsLinked event -> SystemEvolution.hostsLinked(event, this);
            case HostsUnlinked event -> SystemEvolution.hostsUnlinked(event, this);
            case UserAdded event -> OrganizationEvolution.userAdded(event, this);
            case UserDetailsChanged event -> OrganizationEvolution.requireUser(event.userId(), this);
            case UserRoleChanged event -> OrganizationEvolution.userRoleChanged(event, this);
            case UserDisabled event -> OrganizationEvolution.userStatus(event, UserStatus.DISABLED, this);
            case UserEnabled event -> OrganizationEvolution.userStatus(event, UserStatus.ACTIVE, this);
            case UserRemoved event -> OrganizationEvolution.userStatus(event, UserStatus.REMOVED, this);
            case PersonErased event -> OrganizationEvolution.requireUser(event.userId(), this);
            case Unknown _ -> {
                // What a newer version wrote changes nothing that this one knows of.
            }
        }
    }

    OrganizationId id() {
        return envelope.organizationId();
    }

    Instant at() {
        return envelope.occurredAt();
    }

    OrganizationState organization() {
        return state.findOrganization(id()).orElseThrow(() -> inapplicable("there is no such organization."));
    }

    InapplicableEvent inapplicable(String why) {
        return new InapplicableEvent(envelope, why);
    }
}
