package io.keyledger.key.secret;

import io.keyledger.event.KeyKind;
import io.keyledger.table.KeyFormat;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32;

/** Makes secrets in the formats of DESIGN.md, section 5. */
public final class SecretGenerator {

    private static final int RANDOM_BYTES = 28;

    private final SecureRandom random;

    public SecretGenerator(SecureRandom random) {
        this.random = random;
    }

    /** A new secret for a key of that kind. */
    public Secret generate(KeyKind kind) {
        return Secret.of(
                switch (kind) {
                    case GLOBAL, SYSTEM -> uuid().toString();
                    case ORGANIZATION -> KeyFormat.ORGANIZATION_PREFIX + checkedHex();
                    case USER -> KeyFormat.USER_PREFIX + checkedHex();
                });
    }

    /** Version 4 (RFC 9562, section 5.4): 122 random bits. */
    private UUID uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** 28 random bytes and their CRC-32, big-endian: 64 digits that tell a typing error from a key nobody made. */
    private String checkedHex() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        var checksum = new CRC32();
        checksum.update(bytes);
        var all = ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES)
                .put(bytes)
                .putInt((int) checksum.getValue())
                .array();
        return HexFormat.of().formatHex(all);
    }
}
