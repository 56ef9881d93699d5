package io.keyledger.ingest.edge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the chunks of a body in one array. */
final class ByteCollector {

    /** A sender that announces much and sends nothing holds no more than this. */
    private static final int FIRST = 1024 * 1024;

    private static final int USUAL = 16 * 1024;

    private final ByteBudget.Share share;
    private final int limit;
    private final int announced;
    private byte[] bytes = new byte[0];
    private int length;

    /** @param contentLength of the request, or -1: the array has exactly this size in the end, if it holds */
    ByteCollector(ByteBudget.Share share, int limit, long contentLength) {
        this.share = share;
        this.limit = limit;
        this.announced = contentLength >= 0 && contentLength <= limit ? (int) contentLength : -1;
    }

    /** Takes a chunk; null, or why no more of the body is wanted. */
    @Nullable
    Collected add(ByteBuffer chunk) {
        var needed = (long) length + chunk.remaining();
        if (needed > limit) {
            return new Collected.TooLarge(isOneLine(bytes, length));
        }
        if (needed > bytes.length && !grow((int) needed)) {
            return new Collected.NoRoom();
        }
        var size = chunk.remaining();
        chunk.get(bytes, length, size);
        length += size;
        return null;
    }

    Collected.Whole whole() {
        return new Collected.Whole(bytes, length);
    }

    private boolean grow(int needed) {
        int capacity;
        if (bytes.length == 0 && announced <= FIRST) {
            capacity = Math.max(needed, announced < 0 ? USUAL : announced);
        } else {
            capacity = (int) Math.min(Math.max(needed, bytes.length * 2L), announced < needed ? limit : announced);
        }
        if (!share.take(capacity - bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    static boolean isOneLine(byte[] bytes, int length) {
        for (var i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return false;
            }
        }
        return true;
    }
}
