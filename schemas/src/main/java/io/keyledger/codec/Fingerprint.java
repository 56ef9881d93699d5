package io.keyledger.codec;

import io.keyledger.event.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a schema's parsing canonical form (Avro specification, "Schema Fingerprints"): what a record's bytes were
 * written with. Documentation, defaults and logical types do not change it, for they do not change the bytes.
 */
public final class Fingerprint {

    public static final int BYTES = SecretHash.BYTES;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Computes the fingerprint of a schema. */
    public static Fingerprint of(Schema schema) {
        var canonical = SchemaNormalization.toParsingForm(schema);
        try {
            return new Fingerprint(
                    MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /**
     * Takes the 32 bytes of a record's header.
     *
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static Fingerprint ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("Expected a fingerprint of 32 bytes, but got " + bytes.length + ".");
        }
        return new Fingerprint(bytes.clone());
    }

    /** The 32 bytes, a new array. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    boolean matches(byte[] other) {
        return Arrays.equals(bytes, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
