package io.keyledger.key.api;

import io.keyledger.event.HostName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The hosts of a streamed body, a line each, however many. Blank lines are passed over. */
final class HostLines {

    /** Twice what the longest host takes in JSON, each character written as two escapes. */
    static final int MAX_LINE_BYTES = 8_192;

    private static final int BUFFER_BYTES = 16_384;
    private static final int END = -1;
    private static final long DRAINED_BYTES = 64L << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream body;
    private final Format format;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int position;
    private int filled;
    private long number;

    /** How a line names its host. */
    @FunctionalInterface
    interface Format {

        /** As it is, but for blanks around it. */
        Format TEXT = String::strip;

        /**
         * The host's name.
         *
         * @throws IllegalArgumentException if the line names none
         */
        String host(String line);

        /** {@code {"host":"web-1"}}, or {@code "web-1"}. */
        static Format ndjson(JsonMapper json) {
            return line -> {
                try {
                    var value = json.readTree(line);
                    var host = value.isObject() && value.size() == 1 ? value.get("host") : value;
                    if (host != null && host.isString()) {
                        return host.stringValue();
                    }
                } catch (JacksonException _) {
                    // Said below: Jackson's own words would repeat the line.
                }
                throw new IllegalArgumentException("Expected {\"host\":\"…\"} or \"…\" on a line of its own.");
            };
        }
    }

    /** A line. */
    sealed interface Line {
        /** From 1 on. */
        long number();
    }

    /** One that names a host. */
    record Host(long number, HostName name) implements Line {}

    /** One that names none, and why. */
    record Unreadable(long number, String why) implements Line {}

    HostLines(InputStream body, Format format) {
        this.body = body;
        this.format = format;
    }

    /**
     * The next line, or null after the last.
     *
     * @throws ProblemException if the body breaks off
     */
    @Nullable
    Line next() {
        try {
            while (true) {
                int length = read();
                if (length == END) {
                    return null;
                }
                number++;
                if (length > MAX_LINE_BYTES) {
                    return new Unreadable(number, "Expected a line of at most " + MAX_LINE_BYTES + " bytes.");
                }
                var found = parse(length);
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException _) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "body_broken_off", "Expected the whole body, but it breaks off.");
        }
    }

    /** Reads what is left, as far as that is decent: who is still sending would not see the answer. */
    void drain() {
        try {
            long left = DRAINED_BYTES;
            for (int read = 0; read != END && left > 0; left -= read) {
                read = body.read(buffer);
            }
        } catch (IOException _) {
            // Then nobody is sending any more.
        }
    }

    private @Nullable Line parse(int length) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                text = text.substring(1);
            }
            return text.isBlank() ? null : new Host(number, new HostName(format.host(text)));
        } catch (CharacterCodingException _) {
            return new Unreadable(number, "Expected UTF-8.");
        } catch (IllegalArgumentException e) {
            return new Unreadable(number, String.valueOf(e.getMessage()));
        }
    }

    /** Reads a line into {@link #line} as far as it fits; returns its length, or {@link #END}. */
    private int read() throws IOException {
        int length = 0;
        while (true) {
            if (position == filled) {
                filled = Math.max(body.read(buffer), 0);
                position = 0;
                if (filled == 0) {
                    return length == 0 ? END : length;
                }
            }
            byte next = buffer[position++];
            if (next == '\n') {
                return length;
            }
            if (length < MAX_LINE_BYTES) {
                line[length] = next;
            }
            length = Math.min(length + 1, MAX_LINE_BYTES + 1);
        }
    }
}
