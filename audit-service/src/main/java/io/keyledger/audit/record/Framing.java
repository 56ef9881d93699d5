package io.keyledger.audit.record;

import io.keyledger.audit.chain.Bytes;
import java.nio.ByteBuffer;

/** The five bytes before the body in the Confluent wire format: a zero and the registry's schema id. */
final class Framing {

    private static final int PREFIX = 5;

    private Framing() {}

    static int schemaId(byte[] value) {
        if (value.length < PREFIX || value[0] != 0) {
            throw new IllegalArgumentException("its value is not in the Confluent wire format.");
        }
        return ByteBuffer.wrap(value).getInt(1);
    }

    static Bytes body(byte[] value) {
        return Bytes.of(value, PREFIX);
    }

    static Bytes frame(int schemaId, Bytes body) {
        return Bytes.of(ByteBuffer.allocate(PREFIX + body.length())
                .put((byte) 0)
                .putInt(schemaId)
                .put(body.toArray())
                .array());
    }
}
