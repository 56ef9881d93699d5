package io.keyledger.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads the followed topics: waits for them, loads them, follows them, and loads anew what was lost. */
final class LoaderLoop {

    private static final Logger LOG = LoggerFactory.getLogger(LoaderLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(3);
    private static final Duration LEAST_ABSENCE = Duration.ofSeconds(1);

    private final RenewedConsumer consumer;
    private final TopicInspector inspector;
    private final Map<String, FollowedTopic> specs;
    private final OptionalInt expectedPartitions;
    private final LoaderState state;
    private final KafkaFreshness freshness;
    private final WrittenEnds written;
    private final RecordDelivery delivery;
    private final Map<String, LoadedTopic> topics = new HashMap<>();
    /** Topics that are to be begun, from their beginning. */
    private final Set<String> pending;

    private final Backoff backoff = new Backoff(MAX_PAUSE);

    LoaderLoop(
            RenewedConsumer consumer,
            TopicInspector inspector,
            List<FollowedTopic> specs,
            OptionalInt expectedPartitions,
            LoaderState state,
            KafkaFreshness freshness,
            WrittenEnds written) {
        this.consumer = consumer;
        this.inspector = inspector;
        this.specs = specs.stream().collect(Collectors.toMap(FollowedTopic::name, spec -> spec));
        this.expectedPartitions = expectedPartitions;
        this.state = state;
        this.freshness = freshness;
        this.written = written;
        this.delivery = new RecordDelivery(this.specs, state);
        this.pending = new HashSet<>(this.specs.keySet());
    }

    /**
     * Reads until the loader is closed.
     *
     * @throws PartitionCountException if the topics are not the ledger's
     */
    void run() {
        while (!state.isClosed()) {
            try {
                state.resets.entrySet().removeIf(reset -> {
                    lose(reset.getKey(), reset.getValue());
                    return true;
                });
                if (pending.isEmpty() || begin()) {
                    step();
                } else {
                    pause();
                }
            } catch (OffsetOutOfRangeException e) {
                // Truncation is one of them.
                e.offsetOutOfRangePartitions().keySet().stream()
                        .map(TopicPartition::topic)
                        .distinct()
                        .forEach(topic -> lose(topic, "its log no longer has the position: " + e.getMessage()));
            } catch (InterruptedException | InterruptException _) {
                // Only close() interrupts, and the loop looks at it. The flag would end the next wait at once.
                Thread.interrupted();
            } catch (KafkaException e) {
                trouble("Kafka is away, or refuses: " + e);
                pauseQuietly();
            }
        }
    }

    /** Polls once and applies what came: first the rows, then the positions, then whoever waits for them. */
    private void step() {
        if (state.isReady && freshness.isBehind(STUCK_AFTER)) {
            consumer.renew();
        }
        ConsumerRecords<byte[], byte[]> records = consumer.get().poll(POLL);
        recovered();
        delivery.deliver(records);
        records.nextOffsets().forEach((partition, next) -> state.positions.put(partition, next.offset()));
        for (var partition : records.nextOffsets().keySet()) {
            var lag = consumer.get().currentLag(partition);
            state.revisions.settle(partition, lag.isPresent() && lag.getAsLong() == 0);
        }
        for (var topic : topics.values()) {
            if (topic.becomesLoaded(state.positions)) {
                onLoaded(topic);
            }
        }
        freshness.onApplied();
        written.onApplied();
        if (!records.nextOffsets().isEmpty()) {
            delivery.tellApplied();
        }
    }

    private void onLoaded(LoadedTopic topic) {
        if (topic.spec.follower() instanceof TableFollower table) {
            table.onLoaded();
        }
        LOG.atInfo().addKeyValue("topic", topic.spec.name()).log("Loaded {}", topic.spec.name());
        holdBack();
        if (topics.size() == specs.size() && topics.values().stream().allMatch(LoadedTopic::isLoaded)) {
            state.isReady = true;
            state.loaded.complete(null);
            // Whoever must not serve before the first proof need not wait for the next tick.
            freshness.tick();
        }
    }

    /** Begins what is to be begun; false if it must wait. */
    private boolean begin() throws InterruptedException {
        var found = inspector.describe(specs.keySet(), ASK_TIMEOUT);
        var missing = specs.keySet().stream()
                .filter(topic -> !found.containsKey(topic))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            trouble("Waiting for topics that do not exist yet: " + missing
                    + ". The key-service makes them at its start.");
            return false;
        }
        var described = new HashMap<String, LoadedTopic>();
        found.forEach(
                (name, topic) -> described.put(name, new LoadedTopic(Objects.requireNonNull(specs.get(name)), topic)));
        int ledger = PartitionCounts.require(described.values(), expectedPartitions, topics);
        state.partitions = OptionalInt.of(ledger);
        var kept = specs.values().stream()
                .filter(FollowedTopic::isKept)
                .map(FollowedTopic::name)
                .toList();
        var retention = inspector.deleteRetention(kept, ASK_TIMEOUT);
        var maxAbsence = retention.dividedBy(2);
        freshness.follow(
                ledger,
                LoadedTopic.partitionsOf(described.values(), FollowedTopic::isProved),
                maxAbsence.compareTo(LEAST_ABSENCE) > 0 ? maxAbsence : LEAST_ABSENCE);
        written.follow(ledger, LoadedTopic.partitionsOf(described.values(), FollowedTopic::isAwaited));
        if (topics.isEmpty()) {
            consumer.get().assign(LoadedTopic.partitionsOf(described.values(), _ -> true));
        }
        for (var name : List.copyOf(pending)) {
            begin(Objects.requireNonNull(described.get(name)));
            pending.remove(name);
        }
        holdBack();
        return true;
    }

    private void begin(LoadedTopic topic) {
        var beginnings = consumer.get().beginningOffsets(topic.partitions, ASK_TIMEOUT);
        var ends = consumer.get().endOffsets(topic.partitions, ASK_TIMEOUT);
        boolean isFromEnd = topic.spec.mode() == FollowedTopic.Mode.FROM_END;
        delivery.reset(topic.spec);
        topic.target(ends);
        (isFromEnd ? ends : beginnings).forEach((partition, offset) -> {
            consumer.get().seek(partition, offset);
            state.revisions.forget(partition);
            state.positions.put(partition, offset);
        });
        topics.put(topic.spec.name(), topic);
        state.ids.put(topic.spec.name(), topic.id);
    }

    /** Nothing that was read of a topic counts any more. */
    private void lose(String name, String why) {
        var topic = topics.remove(name);
        if (topic == null) {
            return;
        }
        LOG.atWarn().addKeyValue("topic", name).log("Dropping {} to load it anew: {}", name, why);
        state.counters.reloads.increment();
        state.isReady = false;
        state.ids.remove(name);
        topic.partitions.forEach(state.positions::remove);
        freshness.reset();
        written.reset();
        delivery.reset(topic.spec);
        pending.add(name);
    }

    /** Reads nothing else before what comes first is loaded. */
    private void holdBack() {
        boolean isFirstLoaded = topics.values().stream()
                .filter(topic -> topic.spec.comesFirst())
                .allMatch(LoadedTopic::isLoaded);
        var others = LoadedTopic.partitionsOf(topics.values(), spec -> !spec.comesFirst());
        if (isFirstLoaded) {
            consumer.get().resume(others);
        } else {
            consumer.get().pause(others);
        }
    }

    private void trouble(String what) {
        // Once for each trouble: a log full of one sentence hides the others.
        if (!what.equals(state.problem)) {
            LOG.atWarn().log("The tables wait: {}", what);
        }
        state.problem = what;
    }

    private void recovered() {
        backoff.reset();
        if (state.problem != null) {
            LOG.atInfo().log("The tables go on");
            state.problem = null;
        }
    }

    private void pause() throws InterruptedException {
        var _ = state.closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pauseQuietly() {
        try {
            pause();
        } catch (InterruptedException _) {
            // Only close() interrupts, and the loop looks at it.
        }
    }
}
