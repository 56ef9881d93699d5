package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** All topics of the suite, with what makes them what they are (DESIGN.md, section 3). */
final class LedgerTopics {

    private static final String FOREVER = "-1";
    private static final Duration COMMANDS_KEPT = Duration.ofHours(1);
    private static final Duration REPORTS_KEPT = Duration.ofDays(7);
    private static final Duration TELEMETRY_KEPT = Duration.ofDays(7);
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(1);
    /** Within this time a tombstone has erased what it erases. */
    private static final Duration ERASED_WITHIN = Duration.ofDays(1);

    private LedgerTopics() {}

    /**
     * One topic.
     *
     * @param ofLedger whether it has the ledger's number of partitions, for good
     * @param mustBe settings without which the topic would lose what it must keep, or keep what it must lose
     * @param mayBe settings that an operator may change
     */
    record Topic(String name, int partitions, boolean ofLedger, Map<String, String> mustBe, Map<String, String> mayBe) {

        Map<String, String> settings(int minInsyncReplicas) {
            var all = new HashMap<String, String>(mayBe);
            all.putAll(mustBe);
            if (minInsyncReplicas > 1) {
                all.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
            }
            // The clocks of sender and broker differ; a record refused for its time would stop the ledger.
            all.putIfAbsent("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
            return all;
        }

        /**
         * The topic with each partition where that of another lies, led by the same broker: a transaction is made known to
         * its coordinator once for each broker that it writes to, one after the other.
         */
        NewTopic beside(TopicDescription other, int minInsyncReplicas) {
            var replicas = other.partitions().stream()
                    .collect(Collectors.toMap(
                            TopicPartitionInfo::partition,
                            partition ->
                                    partition.replicas().stream().map(Node::id).toList()));
            return new NewTopic(name, replicas).configs(settings(minInsyncReplicas));
        }
    }

    /**
     * All of them.
     *
     * @param partitions of the ledger
     */
    static List<Topic> all(int partitions) {
        var topics = new ArrayList<Topic>();
        // First: the others of the ledger lie beside it.
        topics.add(ledger(Topics.KEY_EVENTS, partitions, keptForEver(), Map.of()));
        for (var commands : List.of(Topics.KEY_COMMANDS, Topics.KEY_COMMAND_REPLIES)) {
            topics.add(ledger(commands, partitions, deleted(COMMANDS_KEPT), rolled(Duration.ofMinutes(10))));
        }
        for (var table : Topics.TABLES) {
            topics.add(ledger(table, partitions, compacted(), tombstones()));
        }
        for (var source : List.of(Topics.SEALED_SECRETS, Topics.DATA_KEYS)) {
            topics.add(ledger(source, partitions, erasing(), tombstones()));
        }
        topics.add(other(Topics.SCHEMAS, 1, compacted(), Map.of()));
        topics.add(other(Topics.LEDGER_ID, 1, keptForEver(), Map.of()));
        topics.add(other(Topics.LEDGER_GENERATION, 1, compacted(), Map.of()));
        topics.add(other(Topics.AUDIT_CHECKPOINTS, 1, keptForEver(), Map.of()));
        topics.add(other(Topics.COLLECTOR_STATUS, 1, statuses(), cleanedOften()));
        for (var reports : List.of(Topics.KEY_USAGE, Topics.ACCESS_DENIALS)) {
            topics.add(other(reports, partitions, Map.of(), deleted(REPORTS_KEPT)));
        }
        topics.add(other(Topics.TELEMETRY_INFLUX, partitions, Map.of(), deleted(TELEMETRY_KEPT)));
        return List.copyOf(topics);
    }

    /** What the stores of a generation are restored from. */
    static List<Topic> changelogs(LedgerGeneration generation, int partitions) {
        return LedgerStores.NAMES.stream()
                .map(store -> ledger(generation.changelog(store), partitions, compacted(), Map.of()))
                .toList();
    }

    /** Why the topics that are there cannot be this ledger's; empty if they can. */
    static Optional<String> refuse(List<Topic> wanted, Map<String, Integer> found) {
        return wanted.stream()
                .filter(topic -> topic.ofLedger() && found.containsKey(topic.name()))
                .filter(topic -> found.getOrDefault(topic.name(), 0) != topic.partitions())
                .findFirst()
                .map(topic -> "Expected " + topic.partitions() + " partitions (keyledger.ledger.partitions), but topic "
                        + topic.name() + " has " + found.get(topic.name())
                        + ". The number is set at the first start and never changes, for it says which partition an"
                        + " organization's events are in: set keyledger.ledger.partitions="
                        + found.get(topic.name()) + ".");
    }

    private static Topic ledger(String name, int partitions, Map<String, String> mustBe, Map<String, String> mayBe) {
        return new Topic(name, partitions, true, mustBe, mayBe);
    }

    private static Topic other(String name, int partitions, Map<String, String> mustBe, Map<String, String> mayBe) {
        return new Topic(name, partitions, false, mustBe, mayBe);
    }

    private static Map<String, String> keptForEver() {
        return Map.of("cleanup.policy", "delete", "retention.ms", FOREVER, "retention.bytes", FOREVER);
    }

    private static Map<String, String> compacted() {
        return Map.of("cleanup.policy", "compact");
    }

    private static Map<String, String> erasing() {
        return Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", ms(ERASED_WITHIN));
    }

    /**
     * In the broker's own time, so that the skew of a Collector's clock can be seen. The last word of a process that
     * never comes back goes after a week, and by no number of bytes: it may accept pushes while it is not heard.
     */
    private static Map<String, String> statuses() {
        return Map.of(
                "cleanup.policy",
                "compact,delete",
                "message.timestamp.type",
                "LogAppendTime",
                "retention.ms",
                ms(REPORTS_KEPT),
                "retention.bytes",
                FOREVER);
    }

    /** A thousand Collectors write megabytes a second while changes are made, and whoever starts reads it all. */
    private static Map<String, String> cleanedOften() {
        return Map.of(
                "segment.bytes",
                Integer.toString(32 << 20),
                "segment.ms",
                ms(Duration.ofMinutes(10)),
                "min.cleanable.dirty.ratio",
                "0.1");
    }

    private static Map<String, String> tombstones() {
        return Map.of("delete.retention.ms", ms(TOMBSTONES_KEPT));
    }

    private static Map<String, String> deleted(Duration after) {
        return Map.of("cleanup.policy", "delete", "retention.ms", ms(after));
    }

    private static Map<String, String> rolled(Duration every) {
        return Map.of("segment.ms", ms(every));
    }

    private static String ms(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
