package io.keyledger.client;

import io.keyledger.event.LedgerEvent;
import io.keyledger.event.Topics;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code key-events}, whole, and the event in it. A type that this version does not know is an event with
 * a {@link io.keyledger.event.KeyEvent.Unknown}; a record that cannot be decoded at all has no event, and is handed over
 * all the same.
 */
public final class FollowedEvent {

    private final ConsumerRecord<byte[], byte[]> record;
    private final @Nullable LedgerEvent event;

    FollowedEvent(ConsumerRecord<byte[], byte[]> record, @Nullable LedgerEvent event) {
        this.record = record;
        this.event = event;
    }

    /** The event, or null if the record cannot be decoded. */
    public @Nullable LedgerEvent event() {
        return event;
    }

    public int partition() {
        return record.partition();
    }

    public long offset() {
        return record.offset();
    }

    /** The record key, not a copy; null only if the record is not the ledger's. */
    public byte @Nullable [] key() {
        return record.key();
    }

    /** The record's value in the Confluent wire format, not a copy; null only if the record is not the ledger's. */
    public byte @Nullable [] value() {
        return record.value();
    }

    /** SHA-256 of the writer schema's parsing canonical form, or null if the header is missing. */
    public byte @Nullable [] fingerprint() {
        return header(Topics.HEADER_FINGERPRINT);
    }

    /** The event's leaf in the chain, or null if the header is missing. */
    public byte @Nullable [] leaf() {
        return header(Topics.HEADER_LEAF);
    }

    /** The chain's hash after the event, or null if the header is missing. */
    public byte @Nullable [] chain() {
        return header(Topics.HEADER_CHAIN);
    }

    /** The revision in the header: there even if the event cannot be decoded. */
    public OptionalLong revision() {
        return Headers.revision(record);
    }

    private byte @Nullable [] header(String name) {
        return Headers.value(record, name);
    }

    @Override
    public String toString() {
        return "FollowedEvent[" + record.topic() + "-" + partition() + "@" + offset() + "]";
    }
}
