package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.table.Found;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must not happen to a ledger, and does: it is killed, doubled, or given the wrong topics. */
class LedgerCrashIT extends BrokerHarness {

    private static final int KILLS = 2;
    /** One of its own: the other test's partitions are not touched. */
    private static final LedgerGeneration GENERATION = new LedgerGeneration(99);

    @Test
    void aKilledLedgerLosesNothingAndDoublesNothing() throws Exception {
        var answered = new HashSet<SystemId>();
        for (int i = 0; i < KILLS; i++) {
            answered.addAll(runAndKill(60));
        }
        try (var node = startNode("state")) {
            assertThat(answered)
                    .hasSizeGreaterThanOrEqualTo(KILLS * 60)
                    .allSatisfy(
                            system -> assertThat(node.tables().system(system)).isInstanceOf(Found.Present.class));
            var report = node.check();
            assertSound(report);
            assertThat(report.events()).isGreaterThanOrEqualTo(answered.size());
        }
    }

    @Test
    void ofTwoLedgersWithOneIdTheFirstIsEnded() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var first = new LedgerStreams(ledger("first"), kafka(), (why, cause) -> ended.complete(why));
                var second = new LedgerStreams(ledger("second"), kafka(), (why, cause) -> {})) {
            first.start(GENERATION, parts(Map.of()));
            TestNode.await(first::running);
            second.start(GENERATION, parts(Map.of()));
            assertThat(ended.get(30, TimeUnit.SECONDS)).contains("start it again");
            TestNode.await(second::running);
        }
    }

    @Test
    void whoCannotReadRepliesAnyMoreIsEnded() throws Exception {
        var ended = new CompletableFuture<String>();
        var follower = new CommandFollower(
                kafka(),
                TestNode.PARTITIONS,
                InstantSource.system(),
                _ -> {
                    throw new StackOverflowError("a deep one");
                },
                (why, cause) -> ended.complete(why));
        try (follower;
                var producer = new KafkaProducer<>(
                        kafka().client("test", Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            follower.start();
            producer.send(new ProducerRecord<>(Topics.KEY_COMMAND_REPLIES, 0, new byte[0], new byte[0]))
                    .get();
            assertThat(ended.get(30, TimeUnit.SECONDS)).contains("start it again");
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedAndSaysWhy() {
        try (var admin = Admin.create(kafka().client("test", Map.of()))) {
            assertThatThrownBy(() -> new KafkaTopics(admin, kafka()).make(LedgerTopics.all(TestNode.PARTITIONS + 1)))
                    .isInstanceOf(LedgerRefusesException.class)
                    .hasMessageContaining("keyledger.ledger.partitions=" + TestNode.PARTITIONS);
        }
    }

    @ParameterizedTest
    @CsvSource({"key-events, retention.ms, -1", "collector-status, retention.ms, 604800000"})
    void aTopicThatWouldForgetWhatItMustKeepIsMended(String topic, String setting, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Admin.create(kafka().client("test", Map.of()))) {
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(setting, "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            new KafkaTopics(admin, kafka()).make(TestNode.topics());
            var configs = admin.describeConfigs(List.of(resource)).all().get();
            assertThat(configs.values())
                    .singleElement()
                    .satisfies(config -> assertThat(config.get(setting).value()).isEqualTo(value));
        }
    }

    private static Set<SystemId> runAndKill(int answers) throws Exception {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledLedger.class.getName(),
                        broker.bootstrapServers(),
                        dir.resolve("state").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var answered = new HashSet<SystemId>();
        var log = new ArrayList<String>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            while (answered.size() < answers) {
                var line = out.readLine();
                if (line == null) {
                    throw new AssertionError("The ledger ended by itself:\n" + String.join("\n", log));
                }
                log.add(line);
                if (line.startsWith(KilledLedger.ANSWERED)) {
                    answered.add(SystemId.of(line.substring(KilledLedger.ANSWERED.length())));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return answered;
    }

    private static LedgerProperties ledger(String state) {
        return new LedgerProperties(TestNode.PARTITIONS, "twin", dir.resolve(state), 1, 0);
    }
}
