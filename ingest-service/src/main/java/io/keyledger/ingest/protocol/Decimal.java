package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;

/** Writes a long in decimal without an object in between. */
final class Decimal {

    private static final byte[] MIN = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    private Decimal() {}

    static int length(long value) {
        if (value == Long.MIN_VALUE) {
            return MIN.length;
        }
        var length = value < 0 ? 2 : 1;
        for (var rest = Math.abs(value); rest >= 10; rest /= 10) {
            length++;
        }
        return length;
    }

    /** Writes it at that place; the place after it. */
    static int write(long value, byte[] target, int at) {
        var length = length(value);
        if (value == Long.MIN_VALUE) {
            System.arraycopy(MIN, 0, target, at, length);
            return at + length;
        }
        var p = at + length;
        var rest = Math.abs(value);
        do {
            target[--p] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        if (value < 0) {
            target[at] = '-';
        }
        return at + length;
    }
}
