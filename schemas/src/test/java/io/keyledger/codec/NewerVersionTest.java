package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Decoded.Reason;
import io.keyledger.codec.Decoded.Unreadable;
import io.keyledger.codec.Decoded.Value;
import io.keyledger.event.Actor;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Permission;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SampleRows;
import io.keyledger.event.Samples;
import io.keyledger.table.Row;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** What this version makes of values that a newer one wrote. */
class NewerVersionTest {

    private static final Row.KeyRow KEY_ROW = SampleRows.keyRows().getFirst();

    private static final String NO_NOTE = "\"fields\":[{\"name\":\"requires\"";
    private static final String WITH_NOTE =
            "\"fields\":[{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null},{\"name\":\"requires\"";

    private final Newer newer = new Newer();

    @Test
    void anEventOfUnknownTypeIsUnknownAndKeepsItsEnvelope() throws IOException {
        var event = event(KeyEvent.KeyRevealed.class);
        var encoded = newer.write(
                RecordType.KEY_EVENTS,
                event,
                "\"fields\":[{\"name\":\"eventId\"",
                "\"fields\":[{\"name\":\"keyFrobnicated\",\"type\":[\"null\",\"string\"],\"default\":null},{\"name\":\"eventId\"",
                written -> {
                    written.put("type", "KeyFrobnicated");
                    written.put("keyRevealed", null);
                    written.put("keyFrobnicated", "frob");
                });

        assertThat(newer.read(RecordType.KEY_EVENTS, encoded))
                .isEqualTo(new Value<>(withPayload(event, new KeyEvent.Unknown("KeyFrobnicated"), event.actor())));
    }

    @Test
    void anEventWithAnUnknownKindOfKeyIsUnknown() throws IOException {
        var event = event(KeyEvent.KeyRevealed.class);
        var encoded = newer.write(
                RecordType.KEY_EVENTS,
                event,
                "[\"UNKNOWN\",\"GLOBAL\"",
                "[\"UNKNOWN\",\"PIPELINE\",\"GLOBAL\"",
                written -> key(written, "keyRevealed")
                        .put("kind", symbol(key(written, "keyRevealed"), "kind", "PIPELINE")));

        assertThat(newer.read(RecordType.KEY_EVENTS, encoded))
                .isEqualTo(new Value<>(withPayload(event, new KeyEvent.Unknown("KeyRevealed"), event.actor())));
    }

    @Test
    void anUnknownReasonIsUnspecifiedAndAnUnknownActorIsUnknown() throws IOException {
        var event = event(KeyEvent.KeyRevoked.class);
        var encoded = newer.write(
                RecordType.KEY_EVENTS,
                event,
                "\"COMPROMISED\"",
                "\"FORGOTTEN\",\"COMPROMISED\"",
                written -> ((GenericRecord) written.get("keyRevoked"))
                        .put("reason", symbol((GenericRecord) written.get("keyRevoked"), "reason", "FORGOTTEN")));
        var payload = (KeyEvent.KeyRevoked) event.event();

        assertThat(newer.read(RecordType.KEY_EVENTS, encoded).orThrow().event())
                .isEqualTo(new KeyEvent.KeyRevoked(payload.key(), RevocationReason.UNSPECIFIED, payload.comment()));

        var byRobot = newer.write(
                RecordType.KEY_EVENTS,
                event,
                "[\"UNKNOWN\",\"USER\",\"OPERATOR\"",
                "[\"UNKNOWN\",\"ROBOT\",\"USER\",\"OPERATOR\"",
                written -> ((GenericRecord) written.get("actor"))
                        .put("kind", symbol((GenericRecord) written.get("actor"), "kind", "ROBOT")));
        var actor = event.actor();

        assertThat(newer.read(RecordType.KEY_EVENTS, byRobot).orThrow())
                .isEqualTo(withPayload(
                        event,
                        event.event(),
                        new Actor(Actor.Kind.UNKNOWN, actor.user(), actor.key(), actor.address())));
    }

    @Test
    void aRowThatRequiresMoreIsUnreadable() throws IOException {
        for (var type : List.of(
                RecordType.KEY_STATE,
                RecordType.HOST_TO_SYSTEM,
                RecordType.SYSTEM_STATE,
                RecordType.USER_STATE,
                RecordType.ORGANIZATION_STATE,
                RecordType.SEALED_SECRETS,
                RecordType.DATA_KEYS)) {
            assertTooNewIfItRequires(type);
        }
    }

    @Test
    void aRowWithAnUnknownStatusIsUnreadable() throws IOException {
        var encoded = newer.write(
                RecordType.KEY_STATE,
                KEY_ROW,
                "[\"UNKNOWN\",\"ACTIVE\",\"REVOKED\"]",
                "[\"UNKNOWN\",\"HELD\",\"ACTIVE\",\"REVOKED\"]",
                written -> written.put("status", symbol(written, "status", "HELD")));

        assertTooNew(newer.read(RecordType.KEY_STATE, encoded));
    }

    @Test
    void organizationSettingsWithAnUnknownPolicyAreUnreadable() throws IOException {
        var encoded = newer.write(
                RecordType.ORGANIZATION_STATE,
                SampleRows.organizationRows().getFirst(),
                "[\"UNKNOWN\",\"ACCEPT\"",
                "[\"UNKNOWN\",\"HOLD\",\"ACCEPT\"",
                written -> {
                    var settings = (GenericRecord) written.get("settings");
                    settings.put("unlinkedHosts", symbol(settings, "unlinkedHosts", "HOLD"));
                });

        assertTooNew(newer.read(RecordType.ORGANIZATION_STATE, encoded));
    }

    @Test
    void anUnknownPermissionGrantsNothing() throws IOException {
        var encoded = newer.write(
                RecordType.KEY_STATE,
                KEY_ROW,
                "\"What the key is for.\"",
                "\"What for.\"",
                written -> written.put("permissions", List.of("metrics:write", "universe:write")));

        assertThat(newer.read(RecordType.KEY_STATE, encoded).orThrow().permissions())
                .containsExactly(Permission.METRICS_WRITE);
    }

    @Test
    void aFieldThatIsNewIsSteppedOver() throws IOException {
        var encoded =
                newer.write(RecordType.KEY_STATE, KEY_ROW, NO_NOTE, WITH_NOTE, written -> written.put("note", "new"));

        assertThat(newer.read(RecordType.KEY_STATE, encoded)).isEqualTo(new Value<>(KEY_ROW));
        assertThat(newer.codec().decode(RecordType.KEY_STATE, encoded.value(), (byte[]) null))
                .as("by its id")
                .isEqualTo(new Value<>(KEY_ROW));
    }

    @Test
    void aSchemaThatIsNotKnownIsSaidToBe() throws IOException {
        var encoded =
                newer.write(RecordType.KEY_STATE, KEY_ROW, NO_NOTE, WITH_NOTE, written -> written.put("note", "new"));
        var other = new LedgerCodec(EncodedSamples.catalog());

        var byFingerprint = other.decode(
                RecordType.KEY_STATE, encoded.value(), encoded.fingerprint().toBytes());
        var byId = other.decode(RecordType.KEY_STATE, encoded.value(), (byte[]) null);

        assertThat(List.of(byFingerprint, byId))
                .allSatisfy(decoded -> assertThat(decoded)
                        .isInstanceOfSatisfying(
                                Unreadable.class,
                                unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA)));
    }

    private <T> void assertTooNewIfItRequires(RecordType<T> type) throws IOException {
        var sample = EncodedSamples.all()
                .filter(s -> s.type().equals(type))
                .findFirst()
                .orElseThrow();
        @SuppressWarnings("unchecked") // the sample's type is this type
        var value = (T) sample.value();
        var more = newer.write(type, value, "", "", written -> written.put("requires", RowMapper.UNDERSTOOD + 1));
        var same = newer.write(type, value, "", "", written -> {});

        assertTooNew(newer.read(type, more));
        assertThat(newer.read(type, same)).isEqualTo(new Value<>(value));
    }

    private static void assertTooNew(Decoded<?> decoded) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.TOO_NEW));
    }

    private static LedgerEvent event(Class<? extends KeyEvent> payload) {
        return Samples.events().stream()
                .filter(event -> payload.isInstance(event.event()))
                .findFirst()
                .orElseThrow();
    }

    private static LedgerEvent withPayload(LedgerEvent event, KeyEvent payload, Actor actor) {
        return new LedgerEvent(
                event.eventId(),
                event.organizationId(),
                event.organizationRevision(),
                event.revision(),
                event.occurredAt(),
                event.commandId(),
                actor,
                payload);
    }

    private static GenericRecord key(GenericRecord envelope, String payload) {
        return (GenericRecord) ((GenericRecord) envelope.get(payload)).get("key");
    }

    private static GenericData.EnumSymbol symbol(GenericRecord record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getSchema().getField(field).schema(), symbol);
    }
}
