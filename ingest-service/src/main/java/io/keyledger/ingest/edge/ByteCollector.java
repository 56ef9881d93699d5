package io.keyledger.ingest.edge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body in one array, which has exactly the expected size in the end, if that was true. The array grows with
 * what is there: to announce much costs nothing.
 */
final class ByteCollector {

    /** How much is believed of an announcement. */
    static final int FIRST = 16 * 1024;

    private static final int GROWTH = 4;

    private final ByteBudget.Share share;
    private final int limit;
    private final int expected;
    private final int first;
    private final Encoding encoding;
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * Takes nothing yet.
     *
     * @param expected how large it may be in the end, or -1
     * @param first the size of the first array, if no less is expected
     * @param encoding of what is collected
     */
    ByteCollector(ByteBudget.Share share, int limit, long expected, int first, Encoding encoding) {
        this.share = share;
        this.limit = limit;
        this.expected = expected >= 0 && expected <= limit ? (int) expected : -1;
        this.first = first;
        this.encoding = encoding;
    }

    /** Takes a chunk; null, or why no more of the body is wanted, of which nothing is held then. */
    @Nullable
    Collected add(ByteBuffer chunk) {
        var size = chunk.remaining();
        if ((long) length + size > limit) {
            var rest = new byte[size];
            chunk.get(rest);
            return tooLarge(rest);
        }
        if (length + size > bytes.length && !grow(length + size)) {
            return noRoom();
        }
        chunk.get(bytes, length, size);
        length += size;
        return null;
    }

    /** Takes all of a stream; null, or why no more of it is wanted, of which nothing is held then. */
    @Nullable
    Collected add(InputStream in) throws IOException {
        while (true) {
            length += in.readNBytes(bytes, length, bytes.length - length);
            // A full array may be all of it, for its size was expected: one byte more tells.
            var more = length < bytes.length ? -1 : in.read();
            if (more < 0) {
                return null;
            }
            if (length == limit) {
                return tooLarge((byte) more);
            }
            if (length == bytes.length && !grow(length + 1)) {
                return noRoom();
            }
            bytes[length++] = (byte) more;
        }
    }

    Collected.Whole whole() {
        return new Collected.Whole(bytes, length);
    }

    private Collected noRoom() {
        return share.outgrown() ? tooLarge() : refused(new Collected.NoRoom());
    }

    private Collected tooLarge(byte... rest) {
        var cutOff =
                new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), new ByteArrayInputStream(rest));
        return refused(new Collected.TooLarge(encoding.isOneLine(cutOff, limit)));
    }

    /** Gives back what it held, for the answer may take its time, or it is begun anew. */
    private Collected refused(Collected why) {
        share.give(bytes.length);
        bytes = new byte[0];
        length = 0;
        return why;
    }

    private boolean grow(int needed) {
        var wanted = Math.max(needed, Math.max(first, (long) bytes.length * GROWTH));
        var capacity = (int) Math.min(wanted, needed <= expected ? expected : limit);
        if (!share.take(capacity)) {
            return false;
        }
        var smaller = bytes.length;
        bytes = Arrays.copyOf(bytes, capacity);
        share.give(smaller);
        return true;
    }
}
