package io.keyledger.key.ledger.streams;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Where two things differ first, in words. Never asked about a sealed value: the words quote both. */
final class FirstDifference {

    private FirstDifference() {}

    /** Of two records of one type that are not equal. */
    static String of(Record expected, Record found) {
        for (var component : expected.getClass().getRecordComponents()) {
            try {
                var first = component.getAccessor().invoke(expected);
                var second = component.getAccessor().invoke(found);
                if (!Objects.equals(first, second)) {
                    return first instanceof Record one && second instanceof Record other
                            ? component.getName() + ": " + of(one, other)
                            : "expected " + component.getName() + " " + first + ", but found " + second;
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Expected to read " + component, e);
            }
        }
        return "expected and found are equal";
    }

    /** Of two values that are not equal. */
    static String of(byte[] expected, byte[] found) {
        var at = Arrays.mismatch(expected, found);
        return at < 0
                ? "expected and found are equal"
                : "expected byte %d to be %s, but found %s".formatted(at, hex(expected, at), hex(found, at));
    }

    private static String hex(byte[] bytes, int at) {
        return at < bytes.length ? HexFormat.of().toHexDigits(bytes[at]) : "no more bytes";
    }
}
