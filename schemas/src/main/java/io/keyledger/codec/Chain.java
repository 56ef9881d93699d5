package io.keyledger.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The hash chain of a ledger partition (DESIGN.md, section 4), for the one who writes it and for all who verify it. All
 * hashes are SHA-256 (FIPS 180-4), all numbers big-endian.
 */
public final class Chain {

    private static final byte[] GENESIS = "keyledger-chain-1".getBytes(StandardCharsets.US_ASCII);

    private Chain() {}

    /** What stands before the first event: the hash of a fixed word, the ledger's id (16 bytes) and the partition (int32). */
    public static byte[] genesis(UUID ledgerId, int partition) {
        var rest = ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES)
                .putLong(ledgerId.getMostSignificantBits())
                .putLong(ledgerId.getLeastSignificantBits())
                .putInt(partition)
                .array();
        return hash(GENESIS, rest);
    }

    /**
     * What one event adds: the hash of schema, length of the key (int32), key, revision (int64) and body.
     *
     * @param schema the fingerprint of the writer's schema, as in the header
     * @param recordKey the key of the Kafka record
     * @param body Avro's bytes, without the five bytes before them
     */
    public static byte[] leaf(Fingerprint schema, byte[] recordKey, long revision, byte[] body) {
        return leaf(schema, recordKey, revision, body, 0);
    }

    /** As {@link #leaf}, of a whole value in the wire format. */
    public static byte[] leafOfValue(Fingerprint schema, byte[] recordKey, long revision, byte[] value) {
        return leaf(schema, recordKey, revision, value, Encoded.PREFIX_BYTES);
    }

    /** The chain's value after an event: the hash of the value before and of the event's leaf. */
    public static byte[] next(byte[] previous, byte[] leaf) {
        return hash(previous, leaf);
    }

    private static byte[] leaf(Fingerprint schema, byte[] recordKey, long revision, byte[] value, int from) {
        var digest = sha256();
        digest.update(schema.toBytes());
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(recordKey.length).array());
        digest.update(recordKey);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).array());
        digest.update(value, from, value.length - from);
        return digest.digest();
    }

    private static byte[] hash(byte[] first, byte[] second) {
        var digest = sha256();
        digest.update(first);
        return digest.digest(second);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
