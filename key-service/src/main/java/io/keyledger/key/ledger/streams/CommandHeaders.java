package io.keyledger.key.ledger.streams;

import io.keyledger.event.CommandId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers of commands and of their replies: what can be told of a record without reading its JSON. */
final class CommandHeaders {

    static final String COMMAND = "command";
    static final String INSTANCE = "instance";

    private CommandHeaders() {}

    static Headers of(CommandId command, String instance) {
        return new RecordHeaders()
                .add(COMMAND, command.toString().getBytes(StandardCharsets.UTF_8))
                .add(INSTANCE, instance.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<CommandId> findCommand(Headers headers) {
        return text(headers, COMMAND).flatMap(text -> {
            try {
                return Optional.of(CommandId.of(text));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        });
    }

    static Optional<String> findInstance(Headers headers) {
        return text(headers, INSTANCE);
    }

    private static Optional<String> text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        byte @Nullable [] value = header == null ? null : header.value();
        return value == null ? Optional.empty() : Optional.of(new String(value, StandardCharsets.UTF_8));
    }
}
