package io.keyledger.audit.record;

import io.keyledger.event.CommandId;
import io.keyledger.event.EventId;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Permission;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * A payload as JSON, as the API answers it: ids as text, enums in capitals, times in ISO-8601, personal data sealed. The
 * same event is always the same text: the verifier compares.
 */
final class PayloadJson {

    private static final JsonMapper MAPPER = mapper();

    /** The payload's fields, or null for a type that this version does not know. */
    @Nullable
    String write(KeyEvent payload) {
        return payload instanceof KeyEvent.Unknown ? null : MAPPER.writeValueAsString(payload);
    }

    private static JsonMapper mapper() {
        var types = new SimpleModule();
        for (var id : new Class<?>[] {
            CommandId.class,
            EventId.class,
            KeyId.class,
            OrganizationId.class,
            SystemId.class,
            UserId.class,
            HostName.class,
            SecretHash.class
        }) {
            types.addSerializer(id, ToStringSerializer.instance);
        }
        types.addSerializer(String.class, new StorableStrings());
        return JsonMapper.builder()
                .addModule(types)
                .addMixIn(KeyEvent.KeyCreated.class, WithPermissions.class)
                .addMixIn(KeyEvent.KeyPermissionsChanged.class, WithPermissions.class)
                .build();
    }

    interface WithPermissions {
        @JsonSerialize(using = SortedPermissions.class)
        Set<Permission> permissions();
    }

    /** As all text of the record: the database would refuse the whole event. */
    static final class StorableStrings extends StdSerializer<String> {

        StorableStrings() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator generator, SerializationContext context) {
            generator.writeString(StorableText.of(text));
        }
    }

    /** A set has another order in each JVM. */
    static final class SortedPermissions extends StdSerializer<Collection<Permission>> {

        SortedPermissions() {
            super(Collection.class);
        }

        @Override
        public void serialize(
                Collection<Permission> permissions, JsonGenerator generator, SerializationContext context) {
            generator.writeStartArray();
            permissions.stream().map(Permission::text).sorted().forEach(generator::writeString);
            generator.writeEndArray();
        }
    }
}
