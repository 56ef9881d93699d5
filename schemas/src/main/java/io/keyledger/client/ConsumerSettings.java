package io.keyledger.client;

import java.util.HashMap;
import java.util.Map;

/** The settings of our consumers. */
final class ConsumerSettings {

    private static final Map<String, Object> COMMON = Map.of(
            // Java consumers read uncommitted by default and would see aborted events.
            "isolation.level", "read_committed",
            "auto.offset.reset", "none",
            "enable.auto.commit", "false",
            "allow.auto.create.topics", "false",
            "metadata.max.age.ms", "1000",
            "reconnect.backoff.ms", "50",
            "reconnect.backoff.max.ms", "500",
            "enable.metrics.push", "false",
            "request.timeout.ms", "10000");

    /** Batches that fit one database transaction. */
    static final Map<String, Object> EVENTS =
            with(Map.of("max.poll.records", "500", "default.api.timeout.ms", "10000"));

    /** Big fetches: a table is loaded as fast as the disk gives it. */
    static final Map<String, Object> TABLES = with(Map.of(
            "max.poll.records", "20000",
            "default.api.timeout.ms", "10000",
            "max.partition.fetch.bytes", "8388608",
            "fetch.max.bytes", "33554432",
            "receive.buffer.bytes", "1048576"));

    private ConsumerSettings() {}

    private static Map<String, Object> with(Map<String, Object> more) {
        var all = new HashMap<>(COMMON);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
