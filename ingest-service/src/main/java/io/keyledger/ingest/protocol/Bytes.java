package io.keyledger.ingest.protocol;

/** What the bytes of line protocol are: one table look-up a byte. */
final class Bytes {

    static final int PLAIN = 0;
    static final int COMMA = 1;
    static final int EQUALS = 2;
    static final int BLANK = 3;
    static final int BACKSLASH = 4;
    static final int QUOTE = 5;
    /** Line ends, and the characters that some parsers take for blanks and others do not. */
    static final int CONTROL = 6;

    private static final byte[] KINDS = kinds();

    private Bytes() {}

    private static byte[] kinds() {
        var kinds = new byte[256];
        kinds[','] = COMMA;
        kinds['='] = EQUALS;
        kinds[' '] = BLANK;
        kinds['\t'] = BLANK;
        kinds['\\'] = BACKSLASH;
        kinds['"'] = QUOTE;
        kinds['\n'] = CONTROL;
        kinds['\r'] = CONTROL;
        kinds['\f'] = CONTROL;
        kinds[0x0B] = CONTROL;
        kinds[0] = CONTROL;
        return kinds;
    }

    static int kind(byte b) {
        return KINDS[b & 0xFF];
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isHost(byte[] bytes, int at) {
        return bytes[at] == 'h' && bytes[at + 1] == 'o' && bytes[at + 2] == 's' && bytes[at + 3] == 't';
    }

    static int skipBlanks(byte[] bytes, int from, int end) {
        var p = from;
        while (p < end && (bytes[p] == ' ' || bytes[p] == '\t')) {
            p++;
        }
        return p;
    }

    /** Whether a line feed, or a carriage return and one, stands here. */
    static boolean isLineEnd(byte[] bytes, int at, int end) {
        return at < end && (bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < end && bytes[at + 1] == '\n'));
    }

    static int afterLineFeed(byte[] bytes, int from, int end) {
        var p = from;
        while (p < end) {
            if (bytes[p++] == '\n') {
                return p;
            }
        }
        return end;
    }

    /**
     * The last byte of an escape in a measurement or field key, or {@code ~at} if it is none. Two backslashes before a
     * separator are refused: Telegraf reads an escaped backslash and a separator there, InfluxDB a backslash and an
     * escaped separator.
     */
    static int afterStrictEscape(byte[] bytes, int at, int end) {
        if (at + 1 >= end || bytes[at + 1] == '\t' || kind(bytes[at + 1]) == CONTROL) {
            return ~at;
        }
        if (bytes[at + 1] == '\\' && at + 2 < end && kind(bytes[at + 2]) != PLAIN) {
            return ~at;
        }
        return at + 1;
    }
}
