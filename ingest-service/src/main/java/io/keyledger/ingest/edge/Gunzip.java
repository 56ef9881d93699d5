package io.keyledger.ingest.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Decompresses a body (RFC 1952), and stops where it grows too large. */
final class Gunzip {

    private static final int USUAL = 64 * 1024;
    private static final int TRAILER = 4;

    private Gunzip() {}

    /** Decompresses; every byte is taken from the share before it is written. */
    static Collected decompress(Collected.Whole compressed, ByteBudget.Share share, int limit) {
        try (var in =
                new GZIPInputStream(new ByteArrayInputStream(compressed.bytes(), 0, compressed.length()), USUAL)) {
            var capacity = Math.min(announced(compressed), limit);
            if (!share.take(capacity)) {
                return new Collected.NoRoom();
            }
            var bytes = new byte[capacity];
            var length = 0;
            while (true) {
                var read = in.readNBytes(bytes, length, bytes.length - length);
                length += read;
                if (length < bytes.length) {
                    return new Collected.Whole(bytes, length);
                }
                // A full array may be all of it, for the trailer tells the size: one byte more tells.
                var more = in.read();
                if (more < 0) {
                    return new Collected.Whole(bytes, length);
                }
                if (length == limit) {
                    return new Collected.TooLarge(ByteCollector.isOneLine(bytes, length));
                }
                var larger = (int) Math.min(limit, Math.max(USUAL, bytes.length * 2L));
                if (!share.take(larger - bytes.length)) {
                    return new Collected.NoRoom();
                }
                bytes = Arrays.copyOf(bytes, larger);
                bytes[length++] = (byte) more;
            }
        } catch (IOException _) {
            return new Collected.Broken();
        }
    }

    /** The size that the trailer tells, true or not; deflate shrinks by a factor of 1032 at most. */
    private static int announced(Collected.Whole compressed) {
        if (compressed.length() < TRAILER) {
            return 0;
        }
        var size = ByteBuffer.wrap(compressed.bytes(), compressed.length() - TRAILER, TRAILER)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt()
                & 0xFFFF_FFFFL;
        return (int) Math.min(Math.min(size, compressed.length() * 1032L), Integer.MAX_VALUE / 2);
    }
}
