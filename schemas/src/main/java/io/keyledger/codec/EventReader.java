package io.keyledger.codec;

import static io.keyledger.codec.Values.fromAvro;
import static io.keyledger.codec.Values.hosts;
import static io.keyledger.codec.Values.keyId;
import static io.keyledger.codec.Values.known;
import static io.keyledger.codec.Values.permissions;
import static io.keyledger.codec.Values.required;
import static io.keyledger.codec.Values.same;
import static io.keyledger.codec.Values.systemId;
import static io.keyledger.codec.Values.userId;

import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyRef;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Role;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event from its generated type. */
final class EventReader {

    private static final Map<String, Function<io.keyledger.avro.KeyEvent, @Nullable KeyEvent>> PAYLOADS = Map.ofEntries(
            payload(
                    "KeyCreated",
                    io.keyledger.avro.KeyEvent::getKeyCreated,
                    p -> new KeyEvent.KeyCreated(
                            key(p.getKey()), p.getDescription(), permissions(p.getPermissions()), p.getExpiresAt())),
            payload(
                    "KeyRegenerated",
                    io.keyledger.avro.KeyEvent::getKeyRegenerated,
                    p -> new KeyEvent.KeyRegenerated(
                            key(p.getKey()), fromAvro(p.getPreviousHash()), p.getSupersededAt())),
            payload(
                    "KeyOverlapFinished",
                    io.keyledger.avro.KeyEvent::getKeyOverlapFinished,
                    p -> new KeyEvent.KeyOverlapFinished(
                            key(p.getKey()), fromAvro(p.getFinishedHash()), p.getFinishedAt())),
            payload(
                    "KeyRevoked",
                    io.keyledger.avro.KeyEvent::getKeyRevoked,
                    p -> new KeyEvent.KeyRevoked(
                            key(p.getKey()), same(RevocationReason.class, p.getReason()), p.getComment())),
            payload(
                    "KeyReassigned",
                    io.keyledger.avro.KeyEvent::getKeyReassigned,
                    p -> new KeyEvent.KeyReassigned(key(p.getKey()), new UserId(p.getPreviousOwnerId()))),
            payload(
                    "KeyDeleted",
                    io.keyledger.avro.KeyEvent::getKeyDeleted,
                    p -> new KeyEvent.KeyDeleted(key(p.getKey()))),
            payload(
                    "KeyExpired",
                    io.keyledger.avro.KeyEvent::getKeyExpired,
                    p -> new KeyEvent.KeyExpired(key(p.getKey()), p.getExpiredAt())),
            payload(
                    "KeyRevealed",
                    io.keyledger.avro.KeyEvent::getKeyRevealed,
                    p -> new KeyEvent.KeyRevealed(key(p.getKey()))),
            payload(
                    "KeyPermissionsChanged",
                    io.keyledger.avro.KeyEvent::getKeyPermissionsChanged,
                    p -> new KeyEvent.KeyPermissionsChanged(key(p.getKey()), permissions(p.getPermissions()))),
            payload(
                    "RevokedKeyUsed",
                    io.keyledger.avro.KeyEvent::getRevokedKeyUsed,
                    p -> new KeyEvent.RevokedKeyUsed(
                            key(p.getKey()),
                            Values.host(p.getHost()),
                            fromAvro(p.getAddress()),
                            p.getCount(),
                            p.getFirstAt(),
                            p.getLastAt())),
            payload(
                    "OrganizationCreated",
                    io.keyledger.avro.KeyEvent::getOrganizationCreated,
                    p -> new KeyEvent.OrganizationCreated(p.getName(), fromAvro(p.getSettings()))),
            payload(
                    "OrganizationSettingsChanged",
                    io.keyledger.avro.KeyEvent::getOrganizationSettingsChanged,
                    p -> new KeyEvent.OrganizationSettingsChanged(fromAvro(p.getSettings()))),
            payload(
                    "SystemRegistered",
                    io.keyledger.avro.KeyEvent::getSystemRegistered,
                    p -> new KeyEvent.SystemRegistered(system(p.getSystemId()), p.getName())),
            payload(
                    "SystemChanged",
                    io.keyledger.avro.KeyEvent::getSystemChanged,
                    p -> new KeyEvent.SystemChanged(system(p.getSystemId()), p.getName(), p.getOverrideRequiredFrom())),
            payload(
                    "SystemRemoved",
                    io.keyledger.avro.KeyEvent::getSystemRemoved,
                    p -> new KeyEvent.SystemRemoved(system(p.getSystemId()), p.getName())),
            payload(
                    "HostsLinked",
                    io.keyledger.avro.KeyEvent::getHostsLinked,
                    p -> new KeyEvent.HostsLinked(
                            system(p.getSystemId()), hosts(p.getHosts()), systemId(p.getMovedFrom()))),
            payload(
                    "HostsUnlinked",
                    io.keyledger.avro.KeyEvent::getHostsUnlinked,
                    p -> new KeyEvent.HostsUnlinked(system(p.getSystemId()), hosts(p.getHosts()))),
            payload(
                    "UserAdded",
                    io.keyledger.avro.KeyEvent::getUserAdded,
                    p -> new KeyEvent.UserAdded(
                            user(p.getUserId()),
                            known(Role.class, p.getRole()),
                            required(p.getName()),
                            fromAvro(p.getEmail()))),
            payload(
                    "UserDetailsChanged",
                    io.keyledger.avro.KeyEvent::getUserDetailsChanged,
                    p -> new KeyEvent.UserDetailsChanged(
                            user(p.getUserId()), required(p.getName()), fromAvro(p.getEmail()))),
            payload(
                    "UserRoleChanged",
                    io.keyledger.avro.KeyEvent::getUserRoleChanged,
                    p -> new KeyEvent.UserRoleChanged(
                            user(p.getUserId()),
                            known(Role.class, p.getRole()),
                            known(Role.class, p.getPreviousRole()))),
            payload(
                    "UserDisabled",
                    io.keyledger.avro.KeyEvent::getUserDisabled,
                    p -> new KeyEvent.UserDisabled(user(p.getUserId()))),
            payload(
                    "UserEnabled",
                    io.keyledger.avro.KeyEvent::getUserEnabled,
                    p -> new KeyEvent.UserEnabled(user(p.getUserId()))),
            payload(
                    "UserRemoved",
                    io.keyledger.avro.KeyEvent::getUserRemoved,
                    p -> new KeyEvent.UserRemoved(user(p.getUserId()))),
            payload(
                    "PersonErased",
                    io.keyledger.avro.KeyEvent::getPersonErased,
                    p -> new KeyEvent.PersonErased(user(p.getUserId()))));

    private EventReader() {}

    /** @throws IllegalArgumentException if the payload of its type is missing */
    static LedgerEvent read(io.keyledger.avro.KeyEvent envelope) {
        return new LedgerEvent(
                new EventId(envelope.getEventId()),
                new OrganizationId(envelope.getOrganizationId()),
                envelope.getOrganizationRevision(),
                envelope.getRevision(),
                envelope.getOccurredAt(),
                new CommandId(envelope.getCommandId()),
                actor(envelope.getActor()),
                event(envelope));
    }

    private static KeyEvent event(io.keyledger.avro.KeyEvent envelope) {
        var payload = PAYLOADS.get(envelope.getType());
        if (payload == null) {
            return new KeyEvent.Unknown(envelope.getType());
        }
        try {
            var event = payload.apply(envelope);
            if (event == null) {
                throw new IllegalArgumentException("Expected the payload of type " + envelope.getType());
            }
            return event;
        } catch (TooNew e) {
            // Half understood is not understood: a subscriber steps over it, as over a type that it does not know.
            return new KeyEvent.Unknown(envelope.getType());
        }
    }

    private static Actor actor(io.keyledger.avro.Actor actor) {
        return new Actor(
                same(Actor.Kind.class, actor.getKind()),
                userId(actor.getUser()),
                keyId(actor.getKey()),
                fromAvro(actor.getAddress()));
    }

    private static KeyRef key(io.keyledger.avro.KeyRef key) {
        return new KeyRef(
                new KeyId(key.getKeyId()),
                known(KeyKind.class, key.getKind()),
                fromAvro(key.getHash()),
                key.getHint(),
                key.getVersion(),
                systemId(key.getSystemId()),
                userId(key.getOwnerId()));
    }

    private static SystemId system(UUID value) {
        return new SystemId(value);
    }

    private static UserId user(UUID value) {
        return new UserId(value);
    }

    private static <P> Map.Entry<String, Function<io.keyledger.avro.KeyEvent, @Nullable KeyEvent>> payload(
            String type, Function<io.keyledger.avro.KeyEvent, @Nullable P> field, Function<P, KeyEvent> read) {
        return Map.entry(type, envelope -> {
            var found = field.apply(envelope);
            return found == null ? null : read.apply(found);
        });
    }
}
