package io.keyledger.codec;

import java.util.Arrays;

/** A value as it goes to Kafka, before it is written: its size can be refused. */
public final class Encoded {

    /** Magic byte and schema id, before Avro's own bytes. */
    static final int PREFIX_BYTES = 5;

    private final byte[] value;
    private final Fingerprint fingerprint;

    Encoded(byte[] value, Fingerprint fingerprint) {
        this.value = value;
        this.fingerprint = fingerprint;
    }

    /** The record's value: Confluent's wire format. Not a copy. */
    public byte[] value() {
        return value;
    }

    /** For the header {@code fingerprint}. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** The size of the value in bytes; headers and key come on top. */
    public int size() {
        return value.length;
    }

    /** Avro's own bytes without the prefix, a new array: what {@link Chain#leaf} hashes. */
    public byte[] body() {
        return Arrays.copyOfRange(value, PREFIX_BYTES, value.length);
    }

    /** Says nothing of the contents. */
    @Override
    public String toString() {
        return "Encoded[size=" + value.length + ", fingerprint=" + fingerprint + "]";
    }
}
