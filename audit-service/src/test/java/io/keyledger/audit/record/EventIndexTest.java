package io.keyledger.audit.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Actor;
import io.keyledger.event.EventId;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Samples;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIndexTest {

    private final EventIndex index = new EventIndex();

    @Test
    void findsAKeysEventByKeySystemAndHash() {
        var columns = columns(new KeyEvent.KeyRevoked(Samples.SYSTEM_KEY, RevocationReason.COMPROMISED, "leaked"));

        assertThat(columns.keyId()).isEqualTo(Samples.KEY.value());
        assertThat(columns.systemId()).isEqualTo(Samples.SYSTEM.value());
        assertThat(columns.keyHash()).hasToString(Samples.HASH.toString());
        assertThat(columns.type()).isEqualTo("KeyRevoked");
        assertThat(columns.actorUser()).isEqualTo(Samples.OWNER.value());
        assertThat(columns.payload())
                .contains("\"reason\":\"COMPROMISED\"")
                .contains("\"comment\":\"leaked\"")
                .contains("\"hash\":\"" + Samples.HASH + "\"")
                .contains("\"systemId\":\"" + Samples.SYSTEM + "\"");
    }

    @Test
    void findsAMoveByBothSystemsAndItsHosts() {
        var columns = columns(
                new KeyEvent.HostsLinked(Samples.SYSTEM, java.util.List.of(Samples.HOST), Samples.OTHER_SYSTEM));

        assertThat(columns.systemId()).isEqualTo(Samples.SYSTEM.value());
        assertThat(columns.movedFrom()).isEqualTo(Samples.OTHER_SYSTEM.value());
        assertThat(columns.hosts()).containsExactly("web-1.example.com");
    }

    @Test
    void writesPermissionsInOneOrderAndByTheirNames() {
        var payload = columns(new KeyEvent.KeyPermissionsChanged(
                        Samples.API_KEY,
                        EnumSet.of(Permission.METRICS_WRITE, Permission.AUDIT_READ, Permission.LOGS_WRITE)))
                .payload();

        assertThat(payload).contains("\"permissions\":[\"audit:read\",\"logs:write\",\"metrics:write\"]");
    }

    @Test
    void keepsPersonalDataSealed() {
        var payload = columns(new KeyEvent.UserAdded(
                        Samples.OWNER, io.keyledger.event.Role.OWNER, Samples.SEALED_NAME, Samples.SEALED_EMAIL))
                .payload();

        assertThat(payload)
                .contains("\"name\":{\"subject\":\"" + Samples.OWNER + "\",\"ciphertext\":\""
                        + Samples.SEALED_NAME.ciphertext() + "\"}");
    }

    @Test
    void writesTimesInIso8601() {
        assertThat(columns(new KeyEvent.KeyExpired(Samples.API_KEY, Samples.AT)).payload())
                .contains("\"expiredAt\":\"2026-03-01T10:00:00.123456Z\"");
    }

    @Test
    void knowsTheEnvelopeOfATypeThatItDoesNotKnow() {
        var columns = columns(new KeyEvent.Unknown("KeyBlessed"));

        assertThat(columns.type()).isEqualTo("KeyBlessed");
        assertThat(columns.payload()).isNull();
        assertThat(columns.organizationRevision()).isEqualTo(3);
    }

    @Test
    void mapsEverySample() {
        for (var event : Samples.events()) {
            var columns = index.columns(event);
            assertThat(columns.payload()).startsWith("{").endsWith("}");
            assertThat(columns.eventId()).isEqualTo(event.eventId().value());
        }
    }

    private SearchColumns columns(KeyEvent payload) {
        return index.columns(new LedgerEvent(
                new EventId(UUID.randomUUID()),
                Samples.ORGANIZATION,
                3,
                4,
                Samples.AT,
                Samples.COMMAND,
                new Actor(Actor.Kind.USER, Samples.OWNER, Samples.TOKEN, Samples.SEALED_ADDRESS),
                payload));
    }
}
