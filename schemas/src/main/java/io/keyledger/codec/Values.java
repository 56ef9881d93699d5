package io.keyledger.codec;

import io.keyledger.avro.Sha256;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Permission;
import io.keyledger.event.SealedValue;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import io.keyledger.event.UserId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The small values that events, rows and reports share, to and from their generated types. */
final class Values {

    private static final String UNKNOWN = "UNKNOWN";

    private Values() {}

    /** The constant of the same name; each constant of ours has one (a test sees to it). */
    static <E extends Enum<E>> E same(Class<E> target, Enum<?> source) {
        return Enum.valueOf(target, source.name());
    }

    /**
     * The constant of the same name, where not to know it would be to guess.
     *
     * @throws TooNew if a newer version wrote a constant that this one does not know
     */
    static <E extends Enum<E>> E known(Class<E> target, Enum<?> source) {
        if (source.name().equals(UNKNOWN)) {
            throw new TooNew("an unknown " + target.getSimpleName());
        }
        return Enum.valueOf(target, source.name());
    }

    static Sha256 toAvro(SecretHash hash) {
        return new Sha256(hash.toBytes());
    }

    static SecretHash fromAvro(Sha256 hash) {
        return SecretHash.ofBytes(hash.bytes());
    }

    static io.keyledger.avro.OrganizationSettings toAvro(OrganizationSettings settings) {
        return new io.keyledger.avro.OrganizationSettings(
                settings.agentsActive(),
                same(io.keyledger.avro.UnlinkedHosts.class, settings.unlinkedHosts()),
                same(io.keyledger.avro.MixedBatches.class, settings.mixedBatches()));
    }

    static OrganizationSettings fromAvro(io.keyledger.avro.OrganizationSettings settings) {
        return new OrganizationSettings(
                settings.getAgentsActive(),
                known(UnlinkedHosts.class, settings.getUnlinkedHosts()),
                known(MixedBatches.class, settings.getMixedBatches()));
    }

    static io.keyledger.avro.@Nullable SealedValue toAvro(@Nullable SealedValue sealed) {
        return sealed == null
                ? null
                : new io.keyledger.avro.SealedValue(sealed.subject(), ByteBuffer.wrap(sealed.bytes()));
    }

    static @Nullable SealedValue fromAvro(io.keyledger.avro.@Nullable SealedValue sealed) {
        return sealed == null ? null : SealedValue.ofBytes(sealed.getSubject(), bytes(sealed.getCiphertext()));
    }

    static SealedValue required(io.keyledger.avro.SealedValue sealed) {
        return SealedValue.ofBytes(sealed.getSubject(), bytes(sealed.getCiphertext()));
    }

    static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static String base64(ByteBuffer buffer) {
        return Base64.getEncoder().encodeToString(bytes(buffer));
    }

    static ByteBuffer base64(String text) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(text));
    }

    /** In a fixed order, so that equal rows have equal bytes. */
    static List<String> toAvro(Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::text).toList();
    }

    /** One that this version does not know is left out: it grants nothing. */
    static Set<Permission> permissions(List<String> texts) {
        var known = EnumSet.noneOf(Permission.class);
        for (var text : texts) {
            Permission.find(text).ifPresent(known::add);
        }
        return known;
    }

    static @Nullable UUID uuid(@Nullable SystemId id) {
        return id == null ? null : id.value();
    }

    static @Nullable UUID uuid(@Nullable UserId id) {
        return id == null ? null : id.value();
    }

    static @Nullable UUID uuid(@Nullable KeyId id) {
        return id == null ? null : id.value();
    }

    static @Nullable SystemId systemId(@Nullable UUID value) {
        return value == null ? null : new SystemId(value);
    }

    static @Nullable UserId userId(@Nullable UUID value) {
        return value == null ? null : new UserId(value);
    }

    static @Nullable KeyId keyId(@Nullable UUID value) {
        return value == null ? null : new KeyId(value);
    }

    static @Nullable String text(@Nullable HostName host) {
        return host == null ? null : host.value();
    }

    static @Nullable HostName host(@Nullable String text) {
        return text == null ? null : new HostName(text);
    }

    static List<String> texts(List<HostName> hosts) {
        return hosts.stream().map(HostName::value).toList();
    }

    static List<HostName> hosts(List<String> texts) {
        return texts.stream().map(HostName::new).toList();
    }
}
