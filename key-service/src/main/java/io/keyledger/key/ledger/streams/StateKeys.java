package io.keyledger.key.ledger.streams;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.SystemId;
import io.keyledger.event.UserId;
import io.keyledger.key.ledger.LedgerState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * How the ledger's state lies in one store: a letter for the kind of thing, the organization, the thing. One store and
 * not one a kind: each costs a changelog partition in every transaction and a RocksDB in every task. A change of this
 * layout is a new generation, rebuilt from the events.
 */
final class StateKeys {

    private StateKeys() {}

    static Bytes organization(OrganizationId organization) {
        return key('o', organization, new byte[0]);
    }

    static Bytes system(OrganizationId organization, SystemId system) {
        return key('s', organization, bytes(system.value()));
    }

    static Bytes systemNamed(OrganizationId organization, String name) {
        return key('n', organization, LedgerState.folded(name).getBytes(StandardCharsets.UTF_8));
    }

    static Bytes key(OrganizationId organization, KeyId key) {
        return key('k', organization, bytes(key.value()));
    }

    static Bytes hash(OrganizationId organization, SecretHash hash) {
        return key('h', organization, hash.toBytes());
    }

    /** Of no organization: it says which one has the secret. */
    static Bytes hash(SecretHash hash) {
        return Bytes.wrap(join(new byte[] {'g'}, hash.toBytes()));
    }

    static Bytes user(OrganizationId organization, UserId user) {
        return key('u', organization, bytes(user.value()));
    }

    static Bytes host(OrganizationId organization, HostName host) {
        return key('l', organization, host.value().getBytes(StandardCharsets.UTF_8));
    }

    /** The beginning of all keys of a System's hosts. */
    static Bytes hostsOf(OrganizationId organization, SystemId system) {
        return key('m', organization, bytes(system.value()));
    }

    /** UTF-16, for its bytes have the order in which Java compares names; UTF-8's differ past the basic plane. */
    static Bytes hostOf(OrganizationId organization, SystemId system, HostName host) {
        return key('m', organization, join(bytes(system.value()), host.value().getBytes(StandardCharsets.UTF_16BE)));
    }

    /** The first key that can follow. */
    static Bytes past(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    /** The host of a key that {@link #hostOf} made. */
    static HostName hostIn(Bytes hostOf, Bytes prefix) {
        var from = prefix.get().length;
        return new HostName(new String(hostOf.get(), from, hostOf.get().length - from, StandardCharsets.UTF_16BE));
    }

    /** The beginning of all keys of keys. */
    static Bytes allKeys() {
        return Bytes.wrap(new byte[] {'k'});
    }

    /** What stands under a key as JSON; empty: it is no JSON, or nothing of this layout. */
    static Optional<Class<? extends Record>> typeOf(Bytes key) {
        return switch (key.get().length == 0 ? 0 : key.get()[0]) {
            case 'o' -> Optional.of(LedgerState.OrganizationState.class);
            case 's' -> Optional.of(LedgerState.SystemState.class);
            case 'k' -> Optional.of(LedgerState.KeyState.class);
            case 'u' -> Optional.of(LedgerState.UserState.class);
            default -> Optional.empty();
        };
    }

    /** A key in words, for those who look for what is wrong. */
    static String describe(Bytes key) {
        var bytes = key.get();
        if (bytes.length < 1 + 2 * Long.BYTES) {
            return "the key " + key;
        }
        var rest = Arrays.copyOfRange(bytes, 1 + 2 * Long.BYTES, bytes.length);
        var organization = uuid(Arrays.copyOfRange(bytes, 1, bytes.length));
        return switch (bytes[0]) {
            case 'o' -> "organization " + organization;
            case 's' -> "System " + describe(rest) + " of organization " + organization;
            case 'n' -> "a System's name in organization " + organization;
            case 'k' -> "key " + describe(rest) + " of organization " + organization;
            case 'h' -> "secret " + HexFormat.of().formatHex(rest) + " of organization " + organization;
            case 'g' -> "secret " + HexFormat.of().formatHex(bytes, 1, bytes.length);
            case 'u' -> "user " + describe(rest) + " of organization " + organization;
            case 'l' -> "host " + new String(rest, StandardCharsets.UTF_8) + " of organization " + organization;
            case 'm' -> "a host of System " + describe(rest) + " of organization " + organization;
            default -> "the key " + key;
        };
    }

    private static String describe(byte[] id) {
        return id.length < 2 * Long.BYTES ? "?" : uuid(id).toString();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static boolean startsWith(Bytes key, Bytes prefix) {
        var length = prefix.get().length;
        return key.get().length >= length && Arrays.equals(key.get(), 0, length, prefix.get(), 0, length);
    }

    private static Bytes key(char kind, OrganizationId organization, byte[] thing) {
        return Bytes.wrap(join(join(new byte[] {(byte) kind}, bytes(organization.value())), thing));
    }

    private static byte[] join(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
