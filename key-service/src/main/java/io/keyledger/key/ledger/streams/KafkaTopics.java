package io.keyledger.key.ledger.streams;

import io.keyledger.event.Topics;
import io.keyledger.key.ledger.streams.LedgerTopics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are missing. Again and again is the same as once. */
final class KafkaTopics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final KafkaProperties kafka;

    KafkaTopics(Admin admin, KafkaProperties kafka) {
        this.admin = admin;
        this.kafka = kafka;
    }

    /** Makes them as {@link #make(List)} does, by a client of its own that does not wait for long. */
    static void make(KafkaProperties kafka, List<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        var settings = Map.<String, Object>of(
                "default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000, "metadata.recovery.strategy", "none");
        try (var admin = Admin.create(kafka.client("keyledger-topics", settings))) {
            new KafkaTopics(admin, kafka).make(topics);
        }
    }

    /**
     * Makes what is missing and mends settings without which a topic would lose what it must keep.
     *
     * @throws LedgerRefusesException if a ledger topic has another number of partitions
     * @throws ExecutionException if Kafka refuses
     * @throws TimeoutException if Kafka does not answer
     */
    void make(List<Topic> topics) throws InterruptedException, ExecutionException, TimeoutException {
        refuseOthers(topics, partitions(topics));
        var there = partitions(topics).keySet();
        var missing =
                topics.stream().filter(topic -> !there.contains(topic.name())).toList();
        for (var topic : missing) {
            create(topic);
        }
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        var found = partitions(topics);
        while (found.size() < topics.size()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "Expected " + topics.size() + " topics, but see " + found.size() + " so far.");
            }
            Thread.sleep(PAUSE);
            found = partitions(topics);
        }
        refuseOthers(topics, found);
        mend(topics.stream().filter(topic -> there.contains(topic.name())).toList());
        if (!missing.isEmpty()) {
            LOG.atInfo().addKeyValue("topics", missing.size()).log("Made the topics that were missing");
        }
    }

    private static void refuseOthers(List<Topic> topics, Map<String, Integer> found) {
        LedgerTopics.refuse(topics, found).ifPresent(why -> {
            throw new LedgerRefusesException(why);
        });
    }

    private void create(Topic topic) throws InterruptedException, ExecutionException, TimeoutException {
        var wanted = topic.ofLedger() && !topic.name().equals(Topics.KEY_EVENTS)
                ? topic.beside(events(), kafka.minInsyncReplicas())
                : new NewTopic(topic.name(), topic.partitions(), kafka.replicationFactor())
                        .configs(topic.settings(kafka.minInsyncReplicas()));
        try {
            get(admin.createTopics(List.of(wanted)).all());
        } catch (ExecutionException e) {
            // Another instance starts at the same moment.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Made a moment ago, perhaps. */
    private TopicDescription events() throws InterruptedException, ExecutionException, TimeoutException {
        for (var deadline = System.nanoTime() + TIMEOUT.toNanos(); ; Thread.sleep(PAUSE)) {
            var found = describe(List.of(Topics.KEY_EVENTS)).get(Topics.KEY_EVENTS);
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Expected topic " + Topics.KEY_EVENTS + ", but do not see it so far.");
            }
        }
    }

    private Map<String, Integer> partitions(List<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> there = get(admin.listTopics().names());
        var names = topics.stream().map(Topic::name).filter(there::contains).toList();
        var found = new HashMap<String, Integer>();
        describe(names)
                .forEach((name, topic) -> found.put(name, topic.partitions().size()));
        return found;
    }

    /** Those that the broker that is asked knows: of a topic that was made a moment ago not every broker has heard. */
    private Map<String, TopicDescription> describe(List<String> names)
            throws InterruptedException, ExecutionException, TimeoutException {
        var found = new HashMap<String, TopicDescription>();
        for (var topic : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(topic.getKey(), get(topic.getValue()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private void mend(List<Topic> topics) throws InterruptedException, ExecutionException, TimeoutException {
        var resources = topics.stream().map(KafkaTopics::resource).toList();
        var found = get(admin.describeConfigs(resources).all());
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (var topic : topics) {
            var config = found.get(resource(topic));
            if (config != null) {
                var mend = differing(topic, config);
                if (!mend.isEmpty()) {
                    changes.put(resource(topic), mend);
                }
            }
        }
        if (!changes.isEmpty()) {
            get(admin.incrementalAlterConfigs(changes).all());
        }
    }

    private static List<AlterConfigOp> differing(Topic topic, Config config) {
        var mend = new ArrayList<AlterConfigOp>();
        topic.mustBe().forEach((name, value) -> {
            var entry = config.get(name);
            if (entry == null || !value.equals(entry.value())) {
                LOG.atWarn()
                        .addKeyValue("topic", topic.name())
                        .log(
                                "Setting {} must be {}, but is {}: mended",
                                name,
                                value,
                                entry == null ? null : entry.value());
                mend.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return mend;
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
