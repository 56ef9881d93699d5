package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;

/** Reads the fields of a line: floats, integers, unsigned integers, booleans and quoted strings. */
final class FieldScanner {

    private static final boolean[] STOPS_STRING = new boolean[256];

    static {
        STOPS_STRING['"'] = true;
        STOPS_STRING['\\'] = true;
        STOPS_STRING['\r'] = true;
        STOPS_STRING['\f'] = true;
    }

    private final byte[] bytes;
    private final int end;

    private Malformation malformation = Malformation.FIELD;
    private int position;
    private long value;

    FieldScanner(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    Malformation malformation() {
        return malformation;
    }

    /** Where the error is. */
    int position() {
        return position;
    }

    /** What {@link #integer} read; an unsigned one in 64 bits. */
    long value() {
        return value;
    }

    /** Reads the field set; the position after it, or -1. */
    int scan(int first) {
        var p = first;
        while (true) {
            var keyStart = p;
            p = key(p);
            if (p < 0) {
                return -1;
            }
            if (p == keyStart) {
                return fail(Malformation.FIELD, p);
            }
            p = fieldValue(p + 1);
            if (p < 0 || p == end || bytes[p] != ',') {
                return p;
            }
            p++;
        }
    }

    private int key(int first) {
        var b = bytes;
        var stop = end;
        var p = first;
        while (p < stop) {
            var kind = Bytes.kind(b[p]);
            if (kind == Bytes.PLAIN || kind == Bytes.QUOTE) {
                p++;
            } else if (kind == Bytes.EQUALS) {
                return p;
            } else if (kind == Bytes.BACKSLASH) {
                p = Bytes.afterStrictEscape(b, p, stop);
                if (p < 0) {
                    return fail(Malformation.FIELD, ~p);
                }
                p++;
            } else {
                return fail(Malformation.FIELD, p);
            }
        }
        return fail(Malformation.FIELD, p);
    }

    private int fieldValue(int p) {
        if (p >= end) {
            return fail(Malformation.FIELD, p);
        }
        var b = bytes[p];
        if (b == '"') {
            return string(p + 1);
        }
        if (Bytes.isDigit(b) || b == '-' || b == '.') {
            return number(p);
        }
        return bool(p);
    }

    private int string(int first) {
        var b = bytes;
        var stop = end;
        var p = first;
        while (p < stop) {
            if (!STOPS_STRING[b[p] & 0xFF]) {
                p++;
            } else if (b[p] == '"') {
                return endOfValue(p + 1, Malformation.STRING);
            } else if (b[p] == '\\' && p + 1 < stop && (b[p + 1] == '"' || b[p + 1] == '\\')) {
                p += 2;
            } else if (b[p] == '\r' && p + 1 < stop && b[p + 1] == '\n') {
                p += 2;
            } else {
                return fail(Malformation.STRING, p);
            }
        }
        return fail(Malformation.STRING, p);
    }

    private int number(int first) {
        var p = bytes[first] == '-' ? first + 1 : first;
        var digits = p;
        p = skipDigits(p);
        var whole = p - digits;
        if (p < end && whole > 0 && (bytes[p] == 'i' || bytes[p] == 'u')) {
            return suffixed(first, digits, p);
        }
        if (p < end && bytes[p] == '.') {
            var fraction = p + 1;
            p = skipDigits(fraction);
            whole += p - fraction;
        }
        if (whole == 0) {
            return fail(Malformation.NUMBER, p);
        }
        if (p < end && (bytes[p] == 'e' || bytes[p] == 'E')) {
            p++;
            if (p < end && (bytes[p] == '-' || bytes[p] == '+')) {
                p++;
            }
            var exponent = p;
            p = skipDigits(p);
            if (p == exponent || !finite(first, p)) {
                return fail(Malformation.NUMBER, p);
            }
        } else if (whole > 300 && !finite(first, p)) {
            return fail(Malformation.NUMBER, p);
        }
        return endOfValue(p, Malformation.NUMBER);
    }

    /** An integer with its suffix: as Telegraf, without leading zeros and within 64 bits. */
    private int suffixed(int first, int digits, int suffix) {
        var unsigned = bytes[suffix] == 'u';
        if ((suffix - digits > 1 && bytes[digits] == '0') || (unsigned && digits > first)) {
            return fail(Malformation.NUMBER, suffix);
        }
        var p = integer(first, 20, unsigned);
        return p < 0 ? fail(Malformation.NUMBER, suffix) : endOfValue(suffix + 1, Malformation.NUMBER);
    }

    private boolean finite(int from, int to) {
        return Double.isFinite(Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)));
    }

    /** Reads {@code -?digits} into {@link #value()}: the position after it, or -1 if it is none or does not fit. */
    int integer(int first, int maxDigits, boolean unsigned) {
        var negative = bytes[first] == '-';
        var digits = negative ? first + 1 : first;
        var p = digits;
        var sum = 0L;
        while (p < end && Bytes.isDigit(bytes[p]) && p - digits < 18) {
            sum = sum * 10 + (bytes[p] - '0');
            p++;
        }
        // A time of now in nanoseconds has 19 digits: one more fits if all before it stay below the limit.
        if (p < end && Bytes.isDigit(bytes[p]) && sum < Long.MAX_VALUE / 10) {
            sum = sum * 10 + (bytes[p] - '0');
            p++;
        }
        if (p < end && Bytes.isDigit(bytes[p])) {
            return longInteger(first, skipDigits(p), digits, maxDigits, unsigned);
        }
        value = negative ? -sum : sum;
        return p == digits ? -1 : p;
    }

    /** Rare, and near enough to the limit to leave it to the library. */
    private int longInteger(int first, int to, int digits, int maxDigits, boolean unsigned) {
        if (to - digits > maxDigits) {
            return -1;
        }
        var text = new String(bytes, first, to - first, StandardCharsets.ISO_8859_1);
        try {
            value = unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
            return to;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private int skipDigits(int from) {
        var b = bytes;
        var stop = end;
        var p = from;
        while (p < stop && Bytes.isDigit(b[p])) {
            p++;
        }
        return p;
    }

    private int bool(int p) {
        var after = BooleanWords.after(bytes, p, end);
        return after < 0 ? fail(Malformation.FIELD, p) : endOfValue(after, Malformation.FIELD);
    }

    private int endOfValue(int p, Malformation otherwise) {
        if (p == end || bytes[p] == ',' || Bytes.kind(bytes[p]) == Bytes.BLANK || Bytes.isLineEnd(bytes, p, end)) {
            return p;
        }
        return fail(otherwise, p);
    }

    private int fail(Malformation what, int where) {
        malformation = what;
        position = where;
        return -1;
    }
}
