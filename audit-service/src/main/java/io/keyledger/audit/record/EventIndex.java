package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.event.Actor;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Derives what an event can be found by. */
public final class EventIndex {

    private final PayloadJson json = new PayloadJson();

    /** Of an event that was read. */
    public SearchColumns columns(LedgerEvent event) {
        var payload = event.event();
        var key = payload instanceof KeyEvent.OfKey ofKey ? ofKey.key() : null;
        Actor actor = event.actor();
        return new SearchColumns(
                event.eventId().value(),
                event.organizationId().value(),
                event.organizationRevision(),
                event.occurredAt(),
                payload.type(),
                event.commandId().value(),
                actor.kind().name(),
                actor.user() == null ? null : actor.user().value(),
                actor.key() == null ? null : actor.key().value(),
                key == null ? null : key.keyId().value(),
                key == null ? null : Bytes.of(key.hash().toBytes()),
                value(system(payload)),
                payload instanceof KeyEvent.HostsLinked linked ? value(linked.movedFrom()) : null,
                value(user(payload)),
                hosts(payload),
                json.write(payload));
    }

    /** Of an event that this version cannot read: its bytes are kept, and it is its organization's all the same. */
    public SearchColumns unreadable(Evidence evidence) {
        return new SearchColumns(
                null,
                organization(evidence).map(OrganizationId::value).orElse(null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** The organization that the record's key names. */
    static Optional<OrganizationId> organization(Evidence evidence) {
        try {
            return Optional.of(OrganizationId.of(new String(evidence.key().toArray(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static @Nullable SystemId system(KeyEvent payload) {
        return switch (payload) {
            case KeyEvent.OfSystem ofSystem -> ofSystem.systemId();
            case KeyEvent.OfKey ofKey -> ofKey.key().systemId();
            default -> null;
        };
    }

    private static @Nullable UserId user(KeyEvent payload) {
        return switch (payload) {
            case KeyEvent.OfUser ofUser -> ofUser.userId();
            case KeyEvent.OfKey ofKey -> ofKey.key().ownerId();
            default -> null;
        };
    }

    private static List<String> hosts(KeyEvent payload) {
        return switch (payload) {
            case KeyEvent.HostsLinked linked ->
                linked.hosts().stream().map(HostName::value).toList();
            case KeyEvent.HostsUnlinked unlinked ->
                unlinked.hosts().stream().map(HostName::value).toList();
            case KeyEvent.RevokedKeyUsed used
            when used.host() != null -> List.of(used.host().value());
            default -> List.of();
        };
    }

    private static @Nullable UUID value(@Nullable SystemId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable UUID value(@Nullable UserId id) {
        return id == null ? null : id.value();
    }
}
