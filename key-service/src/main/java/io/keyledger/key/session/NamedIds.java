package io.keyledger.key.session;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids that two instances, or a repeated request, come to without asking each other: UUIDs of version 8 (RFC 9562,
 * section 5.8) of SHA-256 over a name.
 */
public final class NamedIds {

    /** The organization that the first start makes. */
    public static final OrganizationId DEFAULT_ORGANIZATION = organization("default");

    private NamedIds() {}

    /** The organization of a name that nobody else uses. */
    public static OrganizationId organization(String name) {
        return new OrganizationId(of("keyledger organization " + name));
    }

    private static UUID of(String name) {
        var hash = ByteBuffer.wrap(SecretHash.ofSecret(name).toBytes());
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
