package io.keyledger.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a secret's UTF-8 bytes (FIPS 180-4): what is stored and looked up instead of the secret. Secrets have at
 * least 112 random bits, so that a plain hash is enough (OWASP ASVS 6.5.2). Four longs, big-endian, not an array: it is
 * looked up ten million times.
 */
public record SecretHash(long first, long second, long third, long fourth) {

    public static final int BYTES = 32;

    /** Hashes a presented or newly made secret. */
    public static SecretHash ofSecret(String secret) {
        return ofBytes(sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Takes a hash that was computed before.
     *
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static SecretHash ofBytes(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("Expected a SHA-256 hash of 32 bytes, but got " + hash.length + ".");
        }
        var longs = ByteBuffer.wrap(hash);
        return new SecretHash(longs.getLong(), longs.getLong(), longs.getLong(), longs.getLong());
    }

    /**
     * Reads the 64 hexadecimal digits that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static SecretHash ofHex(String hex) {
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes of the hash, a new array. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** Any 32 bits of it are as random as all together. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
