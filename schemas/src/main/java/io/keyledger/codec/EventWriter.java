package io.keyledger.codec;

import static io.keyledger.codec.Values.same;
import static io.keyledger.codec.Values.texts;
import static io.keyledger.codec.Values.toAvro;
import static io.keyledger.codec.Values.uuid;

import io.keyledger.avro.ActorKind;
import io.keyledger.avro.HostsLinked;
import io.keyledger.avro.HostsUnlinked;
import io.keyledger.avro.KeyCreated;
import io.keyledger.avro.KeyDeleted;
import io.keyledger.avro.KeyExpired;
import io.keyledger.avro.KeyOverlapFinished;
import io.keyledger.avro.KeyPermissionsChanged;
import io.keyledger.avro.KeyReassigned;
import io.keyledger.avro.KeyRegenerated;
import io.keyledger.avro.KeyRevealed;
import io.keyledger.avro.KeyRevoked;
import io.keyledger.avro.OrganizationCreated;
import io.keyledger.avro.OrganizationSettingsChanged;
import io.keyledger.avro.PersonErased;
import io.keyledger.avro.RevocationReason;
import io.keyledger.avro.RevokedKeyUsed;
import io.keyledger.avro.Role;
import io.keyledger.avro.SystemChanged;
import io.keyledger.avro.SystemRegistered;
import io.keyledger.avro.SystemRemoved;
import io.keyledger.avro.UserAdded;
import io.keyledger.avro.UserDetailsChanged;
import io.keyledger.avro.UserDisabled;
import io.keyledger.avro.UserEnabled;
import io.keyledger.avro.UserRemoved;
import io.keyledger.avro.UserRoleChanged;
import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;

/** An event to its generated type. */
final class EventWriter {

    private EventWriter() {}

    /** @throws IllegalArgumentException if the event is an {@link KeyEvent.Unknown}: those can be copied, not written */
    static io.keyledger.avro.KeyEvent write(LedgerEvent event) {
        var envelope = new io.keyledger.avro.KeyEvent();
        envelope.setEventId(event.eventId().value());
        envelope.setOrganizationId(event.organizationId().value());
        envelope.setOrganizationRevision(event.organizationRevision());
        envelope.setRevision(event.revision());
        envelope.setOccurredAt(event.occurredAt());
        envelope.setCommandId(event.commandId().value());
        envelope.setActor(actor(event.actor()));
        envelope.setType(event.event().type());
        put(envelope, event.event());
        return envelope;
    }

    private static io.keyledger.avro.Actor actor(Actor actor) {
        return new io.keyledger.avro.Actor(
                same(ActorKind.class, actor.kind()), uuid(actor.user()), uuid(actor.key()), toAvro(actor.address()));
    }

    private static void put(io.keyledger.avro.KeyEvent to, KeyEvent event) {
        switch (event) {
            case KeyEvent.OfKey e -> putKey(to, e);
            case KeyEvent.OfSystem e -> putSystem(to, e);
            case KeyEvent.OfUser e -> putUser(to, e);
            case KeyEvent.OrganizationCreated e ->
                to.setOrganizationCreated(new OrganizationCreated(e.name(), toAvro(e.settings())));
            case KeyEvent.OrganizationSettingsChanged e ->
                to.setOrganizationSettingsChanged(new OrganizationSettingsChanged(toAvro(e.settings())));
            case KeyEvent.Unknown e ->
                throw new IllegalArgumentException(
                        "Expected an event of a known type to write, but got \"" + e.type() + "\".");
        }
    }

    private static void putKey(io.keyledger.avro.KeyEvent to, KeyEvent.OfKey event) {
        var key = key(event.key());
        switch (event) {
            case KeyEvent.KeyCreated e ->
                to.setKeyCreated(new KeyCreated(key, e.description(), toAvro(e.permissions()), e.expiresAt()));
            case KeyEvent.KeyRegenerated e ->
                to.setKeyRegenerated(new KeyRegenerated(key, toAvro(e.previousHash()), e.supersededAt()));
            case KeyEvent.KeyOverlapFinished e ->
                to.setKeyOverlapFinished(new KeyOverlapFinished(key, toAvro(e.finishedHash()), e.finishedAt()));
            case KeyEvent.KeyRevoked e ->
                to.setKeyRevoked(new KeyRevoked(key, same(RevocationReason.class, e.reason()), e.comment()));
            case KeyEvent.KeyReassigned e ->
                to.setKeyReassigned(new KeyReassigned(key, e.previousOwnerId().value()));
            case KeyEvent.KeyDeleted _ -> to.setKeyDeleted(new KeyDeleted(key));
            case KeyEvent.KeyExpired e -> to.setKeyExpired(new KeyExpired(key, e.expiredAt()));
            case KeyEvent.KeyRevealed _ -> to.setKeyRevealed(new KeyRevealed(key));
            case KeyEvent.KeyPermissionsChanged e ->
                to.setKeyPermissionsChanged(new KeyPermissionsChanged(key, toAvro(e.permissions())));
            case KeyEvent.RevokedKeyUsed e ->
                to.setRevokedKeyUsed(new RevokedKeyUsed(
                        key, Values.text(e.host()), toAvro(e.address()), e.count(), e.firstAt(), e.lastAt()));
        }
    }

    private static void putSystem(io.keyledger.avro.KeyEvent to, KeyEvent.OfSystem event) {
        var id = event.systemId().value();
        switch (event) {
            case KeyEvent.SystemRegistered e -> to.setSystemRegistered(new SystemRegistered(id, e.name()));
            case KeyEvent.SystemChanged e ->
                to.setSystemChanged(new SystemChanged(id, e.name(), e.overrideRequiredFrom()));
            case KeyEvent.SystemRemoved e -> to.setSystemRemoved(new SystemRemoved(id, e.name()));
            case KeyEvent.HostsLinked e ->
                to.setHostsLinked(new HostsLinked(id, texts(e.hosts()), uuid(e.movedFrom())));
            case KeyEvent.HostsUnlinked e -> to.setHostsUnlinked(new HostsUnlinked(id, texts(e.hosts())));
        }
    }

    private static void putUser(io.keyledger.avro.KeyEvent to, KeyEvent.OfUser event) {
        var id = event.userId().value();
        switch (event) {
            case KeyEvent.UserAdded e ->
                to.setUserAdded(new UserAdded(id, same(Role.class, e.role()), toAvro(e.name()), toAvro(e.email())));
            case KeyEvent.UserDetailsChanged e ->
                to.setUserDetailsChanged(new UserDetailsChanged(id, toAvro(e.name()), toAvro(e.email())));
            case KeyEvent.UserRoleChanged e ->
                to.setUserRoleChanged(
                        new UserRoleChanged(id, same(Role.class, e.role()), same(Role.class, e.previousRole())));
            case KeyEvent.UserDisabled _ -> to.setUserDisabled(new UserDisabled(id));
            case KeyEvent.UserEnabled _ -> to.setUserEnabled(new UserEnabled(id));
            case KeyEvent.UserRemoved _ -> to.setUserRemoved(new UserRemoved(id));
            case KeyEvent.PersonErased _ -> to.setPersonErased(new PersonErased(id));
        }
    }

    private static io.keyledger.avro.KeyRef key(KeyRef key) {
        return new io.keyledger.avro.KeyRef(
                key.keyId().value(),
                same(io.keyledger.avro.KeyKind.class, key.kind()),
                toAvro(key.hash()),
                key.hint(),
                key.version(),
                uuid(key.systemId()),
                uuid(key.ownerId()));
    }
}
