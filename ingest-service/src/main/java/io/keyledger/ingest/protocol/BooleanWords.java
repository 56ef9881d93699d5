package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The ten ways to write a boolean field. */
final class BooleanWords {

    /** A word stands before its own beginnings. */
    private static final byte[][] ALL = Stream.of("true", "false", "True", "False", "TRUE", "FALSE", "t", "f", "T", "F")
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private BooleanWords() {}

    /** The place after the word that stands here, or -1 if there is none. */
    static int after(byte[] bytes, int at, int end) {
        for (var word : ALL) {
            if (matches(bytes, at, end, word)) {
                return at + word.length;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at, int end, byte[] word) {
        if (at + word.length > end) {
            return false;
        }
        for (var i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
