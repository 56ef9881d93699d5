package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import io.keyledger.audit.chain.Evidence;
import io.keyledger.client.FollowedEvent;
import io.keyledger.codec.Fingerprint;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.SecretHash;
import io.keyledger.event.Topics;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A record of the log as it arrives. */
sealed interface Arrival {

    /**
     * It has all that it takes to place it.
     *
     * @param event what its bytes say, or null if they cannot be read
     */
    record Placeable(Evidence evidence, @Nullable LedgerEvent event) implements Arrival {}

    /**
     * It can be placed, but the database does not take what it would be found by.
     *
     * @param why a sentence
     */
    record Unsearchable(Evidence evidence, String why) implements Arrival {}

    /**
     * It cannot be an event of the ledger as DESIGN.md, section 4, has it.
     *
     * @param why a sentence
     * @param raw all of it in hexadecimal, by the name of the part
     */
    record Unplaceable(int partition, long offset, String why, Map<String, String> raw) implements Arrival {}

    /** A record's parts, as Kafka has them; what is null is not there. */
    record Parts(
            @Nullable Bytes key,
            @Nullable Bytes value,
            @Nullable Bytes fingerprint,
            OptionalLong revision,
            @Nullable Bytes leaf,
            @Nullable Bytes chain) {}

    /** Takes a record apart. */
    static Arrival of(FollowedEvent record) {
        var parts = new Parts(
                Bytes.ofNullable(record.key()),
                Bytes.ofNullable(record.value()),
                Bytes.ofNullable(record.fingerprint()),
                record.revision(),
                Bytes.ofNullable(record.leaf()),
                Bytes.ofNullable(record.chain()));
        return of(record.partition(), record.offset(), parts, record.event());
    }

    /** Places the parts of a record. */
    static Arrival of(int partition, long offset, Parts parts, @Nullable LedgerEvent event) {
        try {
            return new Placeable(evidence(partition, offset, parts), event);
        } catch (IllegalArgumentException e) {
            return new Unplaceable(
                    partition,
                    offset,
                    "Offset " + offset + " of partition " + partition + " is no event: " + e.getMessage(),
                    raw(parts));
        }
    }

    /** All of a record in hexadecimal, by the name of the part: where it has no row of its own, this keeps it. */
    static Map<String, String> raw(Evidence evidence) {
        return raw(new Parts(
                evidence.key(),
                Framing.frame(evidence.schemaId(), evidence.body()),
                evidence.fingerprint(),
                OptionalLong.of(evidence.revision()),
                evidence.leaf(),
                evidence.chain()));
    }

    private static Map<String, String> raw(Parts parts) {
        var raw = new LinkedHashMap<String, String>();
        put(raw, "key", parts.key());
        put(raw, "value", parts.value());
        put(raw, Topics.HEADER_FINGERPRINT, parts.fingerprint());
        parts.revision()
                .ifPresent(revision ->
                        raw.put(Topics.HEADER_REVISION, HexFormat.of().toHexDigits(revision)));
        put(raw, Topics.HEADER_LEAF, parts.leaf());
        put(raw, Topics.HEADER_CHAIN, parts.chain());
        return raw;
    }

    private static void put(Map<String, String> raw, String part, @Nullable Bytes bytes) {
        if (bytes != null) {
            raw.put(part, bytes.toString());
        }
    }

    private static Evidence evidence(int partition, long offset, Parts parts) {
        byte[] value = required("value", parts.value()).toArray();
        long revision = parts.revision()
                .orElseThrow(() -> new IllegalArgumentException("it has no header \"revision\" of 8 bytes."));
        if (revision < 1) {
            throw new IllegalArgumentException("its revision is " + revision + ", which is not from 1 on.");
        }
        return new Evidence(
                partition,
                offset,
                Framing.schemaId(value),
                sized(Topics.HEADER_FINGERPRINT, parts.fingerprint(), Fingerprint.BYTES),
                required("key", parts.key()),
                revision,
                Framing.body(value),
                sized(Topics.HEADER_LEAF, parts.leaf(), SecretHash.BYTES),
                sized(Topics.HEADER_CHAIN, parts.chain(), SecretHash.BYTES));
    }

    private static Bytes sized(String header, @Nullable Bytes bytes, int length) {
        var present = required(header, bytes);
        if (present.length() != length) {
            throw new IllegalArgumentException(
                    "its " + header + " has " + present.length() + " bytes, but " + length + " were expected.");
        }
        return present;
    }

    private static Bytes required(String part, @Nullable Bytes bytes) {
        if (bytes == null) {
            throw new IllegalArgumentException("it has no " + part + ".");
        }
        return bytes;
    }
}
