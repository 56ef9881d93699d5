package io.keyledger.key.ledger.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON of what stays inside the ledger: commands, replies, and the values of the stores. Strict: what has an unknown
 * type or property, or lacks a part that may not be null, cannot be read, for an older ledger must not apply half of a
 * newer command. The same value always gives the same bytes, so that stores can be compared.
 */
final class LedgerJson {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private static final JsonMapper MAPPER = mapper();
    /** A newer ledger may tell more in its replies: that harms nobody. */
    private static final JsonMapper LENIENT = MAPPER.rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private LedgerJson() {}

    /** UTF-8 JSON of a record. */
    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UnreadableJsonException if it is not that; the message holds nothing of the contents
     */
    static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER, json, type);
    }

    /** Reads a reply, and passes over what a newer ledger added. */
    static CommandReply readReply(byte[] json) {
        return read(LENIENT, json, CommandReply.class);
    }

    private static <T> T read(JsonMapper mapper, byte[] json, Class<T> type) {
        T value;
        try {
            value = mapper.readValue(json, type);
        } catch (JacksonException e) {
            // Jackson's message may quote the input: only where and what kind of trouble is told.
            throw new UnreadableJsonException("Expected the JSON of a " + type.getSimpleName() + ", but found "
                    + e.getClass().getSimpleName() + " at " + position(e));
        }
        if (value == null) {
            throw new UnreadableJsonException("Expected the JSON of a " + type.getSimpleName() + ", but found null.");
        }
        WholeRecords.require(value);
        return value;
    }

    private static String position(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "an unknown position." : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
    }

    private static JsonMapper mapper() {
        var builder = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
                .addModule(values());
        for (var sealed : new Class<?>[] {Command.class, Answer.class, CommandReply.class}) {
            builder.addMixIn(sealed, Typed.class);
            builder.registerSubtypes(namedTypes(sealed));
        }
        return builder.build();
    }

    private static NamedType[] namedTypes(Class<?> sealed) {
        return leaves(sealed)
                .map(type -> new NamedType(type, type.getSimpleName()))
                .toArray(NamedType[]::new);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LedgerJson::leaves)
                : Stream.of(type);
    }

    private static SimpleModule values() {
        var module = new SimpleModule("keyledger");
        asText(module, OrganizationId.class, OrganizationId::of);
        asText(module, CommandId.class, CommandId::of);
        asText(module, EventId.class, EventId::of);
        asText(module, KeyId.class, KeyId::of);
        asText(module, SystemId.class, SystemId::of);
        asText(module, UserId.class, UserId::of);
        asText(module, HostName.class, HostName::new);
        asText(module, SecretHash.class, SecretHash::ofHex);
        module.addSerializer(new SortedSets());
        return module;
    }

    /** The order of an immutable set changes from one process to the next; bytes must not. */
    private static final class SortedSets extends StdSerializer<Set<?>> {
        SortedSets() {
            super(Set.class);
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            set.stream().sorted(Comparator.comparing(Object::toString)).forEach(json::writePOJO);
            json.writeEndArray();
        }
    }

    private static <T> void asText(SimpleModule module, Class<T> type, Function<String, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator json, SerializationContext context) {
                json.writeString(value.toString());
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) {
                try {
                    return read.apply(json.getString());
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException("", type, "not its text form");
                }
            }
        });
    }
}
