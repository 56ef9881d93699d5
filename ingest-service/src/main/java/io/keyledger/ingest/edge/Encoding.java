package io.keyledger.ingest.edge;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a body is sent. */
enum Encoding {
    IDENTITY,
    GZIP;

    private static final int BUFFER = 16 * 1024;

    /** What the sender meant. */
    InputStream decode(InputStream body) throws IOException {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> new GZIPInputStream(body, BUFFER);
        };
    }

    /**
     * Whether a body, cut off where it was too large, is a single line, which a sender cannot split.
     *
     * @param atMost so many bytes of it are looked at
     */
    boolean isOneLine(InputStream cutOff, int atMost) {
        var lineEnded = false;
        try (var lines = decode(cutOff)) {
            var buffer = new byte[BUFFER];
            var seen = 0L;
            for (int size; seen <= atMost && (size = lines.read(buffer)) >= 0; seen += size) {
                for (var i = 0; i < size; i++) {
                    if (lineEnded) {
                        return false;
                    }
                    lineEnded = buffer[i] == '\n';
                }
            }
        } catch (IOException _) {
            // It ends where it was cut off.
        }
        return true;
    }
}
