package io.keyledger.audit.record;

import org.jspecify.annotations.Nullable;

/**
 * Text as PostgreSQL can hold it: U+0000, which it refuses in text and in jsonb, stands as U+FFFD. The event's bytes are
 * kept as they are; this is what they are found by and shown as.
 */
final class StorableText {

    private StorableText() {}

    static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }
}
