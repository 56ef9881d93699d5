package io.keyledger.ingest.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decompresses a body (RFC 1952), and stops where it grows too large. */
final class Gunzip {

    private static final int TRAILER = 4;

    /** More than agents' lines shrink by. A trailer that tells more is believed when the bytes are there. */
    private static final int USUAL_FACTOR = 16;

    private Gunzip() {}

    /** Decompresses; every byte is taken from the share before it is written. */
    static Collected decompress(Collected.Whole compressed, ByteBudget.Share share, int limit) {
        var first = (int) Math.min(limit, Math.max(ByteCollector.FIRST, (long) compressed.length() * USUAL_FACTOR));
        var collector = new ByteCollector(share, limit, announced(compressed), first, Encoding.IDENTITY);
        try (var in = Encoding.GZIP.decode(new ByteArrayInputStream(compressed.bytes(), 0, compressed.length()))) {
            var failure = collector.add(in);
            return failure == null ? collector.whole() : failure;
        } catch (IOException _) {
            return new Collected.Broken();
        }
    }

    /** The size that the trailer tells, true or not: of the last member, and modulo 2³². */
    static long announced(Collected.Whole compressed) {
        return compressed.length() < TRAILER
                ? -1
                : ByteBuffer.wrap(compressed.bytes(), compressed.length() - TRAILER, TRAILER)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt()
                        & 0xFFFF_FFFFL;
    }
}
