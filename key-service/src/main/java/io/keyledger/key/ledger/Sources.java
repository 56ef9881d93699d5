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
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;
import io.keyledger.key.ledger.Command.BringsSecrets;
import io.keyledger.key.ledger.Command.CreateOrganization;
import io.keyledger.table.SourceRow.DataKeyRow;
import io.keyledger.table.SourceRow.SealedSecretRow;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What goes into {@code sealed-secrets} and {@code data-keys} with a command's events. It comes from the command, since
 * events are for ever and hold neither.
 */
record Sources(CommandRequest request) {

    List<SourceChange> changes(List<LedgerEvent> events) {
        return events.stream().flatMap(this::changes).toList();
    }

    private Stream<SourceChange> changes(LedgerEvent envelope) {
        return switch (envelope.event()) {
            case KeyCreated event -> sealed(event.key(), envelope);
            case KeyRegenerated event -> sealed(event.key(), envelope);
            case KeyRevoked event -> forgotten(event.key(), envelope);
            case KeyDeleted event -> forgotten(event.key(), envelope);
            case OrganizationCreated _ -> dataKey(envelope.organizationId().value(), envelope);
            case UserAdded event -> dataKey(event.userId().value(), envelope);
            case PersonErased event ->
                Stream.of(new SourceChange.RemoveDataKey(
                        envelope.organizationId(), event.userId().value(), envelope.revision()));
            case KeyOverlapFinished _,
                    KeyReassigned _,
                    KeyExpired _,
                    KeyRevealed _,
                    KeyPermissionsChanged _,
                    RevokedKeyUsed _,
                    OrganizationSettingsChanged _,
                    SystemRegistered _,
                    SystemChanged _,
                    SystemRemoved _,
                    HostsLinked _,
                    HostsUnlinked _,
                    UserDetailsChanged _,
                    UserRoleChanged _,
                    UserDisabled _,
                    UserEnabled _,
                    UserRemoved _,
                    Unknown _ -> Stream.empty();
        };
    }

    private Stream<SourceChange> sealed(KeyRef key, LedgerEvent envelope) {
        return secrets()
                .filter(secret -> secret.hash().equals(key.hash()))
                .map(NewSecret::sealed)
                .filter(Objects::nonNull)
                .map(secret -> new SourceChange.Put(new SealedSecretRow(
                        key.keyId(),
                        envelope.organizationId(),
                        key.version(),
                        secret.ciphertext(),
                        envelope.revision())));
    }

    /** A revoked secret opens nothing: there is no reason left to be able to show it. */
    private static Stream<SourceChange> forgotten(KeyRef key, LedgerEvent envelope) {
        return key.kind() == KeyKind.GLOBAL || key.kind() == KeyKind.SYSTEM
                ? Stream.of(new SourceChange.RemoveSealedSecret(
                        envelope.organizationId(), key.keyId(), envelope.revision()))
                : Stream.empty();
    }

    private Stream<SourceChange> dataKey(UUID subject, LedgerEvent envelope) {
        return request.command() instanceof CreateOrganization command
                ? command.dataKeys().stream()
                        .filter(key -> key.subject().equals(subject))
                        .map(key -> new SourceChange.Put(
                                new DataKeyRow(subject, envelope.organizationId(), key.wrapped(), envelope.revision())))
                : Stream.empty();
    }

    private Stream<NewSecret> secrets() {
        return request.command() instanceof BringsSecrets command ? command.secrets().stream() : Stream.empty();
    }
}
