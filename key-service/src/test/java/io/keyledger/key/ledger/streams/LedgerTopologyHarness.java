package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandReply.Refused;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.CommandRequest.Idempotency;
import io.keyledger.key.ledger.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One partition of the ledger under Kafka's test driver, and a clock that the test holds. */
abstract class LedgerTopologyHarness {

    static final OrganizationId ORGANIZATION = Fixtures.ORGANIZATION;

    final LedgerCodec codec = TestLedger.codec();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Instant now = Fixtures.T0;

    @SuppressWarnings("NullAway.Init") // made before each test
    TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // made before each test
    TestInputTopic<byte[], byte[]> commands;

    @BeforeEach
    void start() {
        start(1);
    }

    /** The ledger's partition 0, of so many. */
    void start(int partitions) {
        driver = new TopologyTestDriver(topology(partitions), new Properties(), now);
        commands = driver.createInputTopic(Topics.KEY_COMMANDS, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Topology topology(int partitions) {
        var parts = new LedgerParts(
                TestLedger.LEDGER_ID, partitions, Map.of(), codec, () -> now, new Random(1), new LedgerMeters(meters));
        return new LedgerTopology(parts, Stores::inMemoryKeyValueStore).get();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    CommandReply create() {
        return send(TestLedger.request(
                ORGANIZATION, Fixtures.OPERATOR, TestLedger.createOrganization(ORGANIZATION), now, null));
    }

    static Command register(String name) {
        return new Command.RegisterSystem(new SystemId(UUID.randomUUID()), name);
    }

    CommandRequest request(Command command, @Nullable Idempotency idempotency) {
        return TestLedger.request(ORGANIZATION, TestLedger.owner(ORGANIZATION), command, now, idempotency);
    }

    CommandReply send(Command command) {
        return send(request(command, null));
    }

    CommandReply send(CommandRequest request) {
        commands.pipeInput(new TestRecord<>(
                request.organizationId().toString().getBytes(StandardCharsets.UTF_8),
                LedgerJson.write(request),
                CommandHeaders.of(request.id(), request.instance()),
                now));
        var reply = records(Topics.KEY_COMMAND_REPLIES).getLast();
        assertThat(CommandHeaders.findCommand(reply.headers())).contains(request.id());
        assertThat(CommandHeaders.findInstance(reply.headers())).contains(request.instance());
        return LedgerJson.read(reply.value(), CommandReply.class);
    }

    static Applied applied(CommandReply reply) {
        assertThat(reply).isInstanceOf(Applied.class);
        return (Applied) reply;
    }

    static Refused refused(CommandReply reply) {
        assertThat(reply).isInstanceOf(Refused.class);
        return (Refused) reply;
    }

    private final List<LedgerEvent> seen = new ArrayList<>();

    List<LedgerEvent> events() {
        records(Topics.KEY_EVENTS)
                .forEach(record -> seen.add(codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())
                        .orThrow()));
        return seen;
    }

    void drain() {
        LedgerTopology.WRITTEN.forEach(this::records);
    }

    List<TestRecord<byte[], byte[]>> records(String topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    static Headers headers() {
        return new RecordHeaders();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
