package io.keyledger.key.ledger.streams;

import io.keyledger.client.RecordFollower;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.Actor;
import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandGateway;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.table.LedgerTables;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Bytes;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The ledger of one instance, put in place by Spring as in the service, without the service around it. */
final class TestNode implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConfigurableApplicationContext context;

    // Not a @Configuration: a scan of the whole service, in other tests, must not find it.
    @Import(LedgerConfiguration.class)
    static class Parts {
        private final List<String> dataKeys = new CopyOnWriteArrayList<>();

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        RecordFollower dataKeysFollower() {
            return record -> dataKeys.add(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts; returns when it is ready. */
    static TestNode start(String bootstrapServers, Path stateDir) throws InterruptedException {
        var node = begin(bootstrapServers, stateDir);
        node.awaitReady();
        return node;
    }

    /** Starts; returns at once. */
    static TestNode begin(String bootstrapServers, Path stateDir) {
        return begin(bootstrapServers, stateDir, "test-1");
    }

    /** Starts an instance of that name; returns at once. */
    static TestNode begin(String bootstrapServers, Path stateDir, String instance) {
        var context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                // As arguments: they outrank the service's own configuration file.
                .run(
                        "--keyledger.kafka.bootstrap-servers=" + bootstrapServers,
                        "--keyledger.ledger.partitions=" + PARTITIONS,
                        "--keyledger.ledger.instance-id=" + instance,
                        "--keyledger.ledger.state-dir=" + stateDir,
                        // Nobody listens there: the topic has all schemas.
                        "--keyledger.registry.url=http://127.0.0.1:1/");
        return new TestNode(context);
    }

    /** Makes the topics and records ids of all schemas, as a registry would have given them. */
    static void prepare(String bootstrapServers) throws Exception {
        var kafka = kafka(bootstrapServers);
        try (var admin = Admin.create(kafka.client("prepare", Map.of()))) {
            new KafkaTopics(admin, kafka).make(topics());
        }
        var schemas = new LinkedHashMap<Bytes, byte[]>();
        var id = 1;
        for (var type : RecordType.ALL) {
            var schema = new SchemaRecord(type.fingerprint(), id++, type.subject(), type.schema());
            schemas.put(Bytes.wrap(schema.key()), schema.value());
        }
        new WholeTopic(kafka, Topics.SCHEMAS, 1).append(schemas);
    }

    /** What {@link #prepare} makes. */
    static List<LedgerTopics.Topic> topics() {
        return LedgerTopics.all(PARTITIONS);
    }

    static KafkaProperties kafka(String bootstrapServers) {
        return new KafkaProperties(bootstrapServers, (short) 1, Map.of());
    }

    CommandGateway gateway() {
        return context.getBean(CommandGateway.class);
    }

    LedgerTables tables() {
        return context.getBean(LedgerTables.class);
    }

    LedgerLifecycle lifecycle() {
        return context.getBean(LedgerLifecycle.class);
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    /** Compares tables and stores with what the events amount to. */
    LedgerCheck.Report check() {
        var kafka = context.getBean(KafkaProperties.class);
        return new LedgerCheck(kafka, context.getBean(LedgerCodec.class), PARTITIONS).run();
    }

    void awaitReady() throws InterruptedException {
        await(() -> lifecycle().ready());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Expected it within " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    /** A new organization, made by its first command. */
    OrganizationId organization() throws Exception {
        var organization = new OrganizationId(UUID.randomUUID());
        applied(ask(organization, Fixtures.OPERATOR, TestLedger.createOrganization(organization)));
        return organization;
    }

    CommandReply ask(OrganizationId organization, Command command) throws Exception {
        return ask(organization, TestLedger.owner(organization), command);
    }

    CommandReply ask(CommandRequest request) throws Exception {
        try {
            return gateway().submit(request).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandGateway.NotAnswered unanswered) {
                throw unanswered;
            }
            throw e;
        }
    }

    static CommandReply.Applied applied(CommandReply reply) {
        if (reply instanceof CommandReply.Applied applied) {
            return applied;
        }
        throw new AssertionError("Expected it to be applied, but: " + reply);
    }

    static CommandRequest request(OrganizationId organization, Command command) {
        return TestLedger.request(organization, TestLedger.owner(organization), command, Instant.now(), null);
    }

    CommandGateway.CommandStatus status(OrganizationId organization, CommandId command) {
        return gateway().status(organization, command);
    }

    private CommandReply ask(OrganizationId organization, Actor actor, Command command) throws Exception {
        return ask(TestLedger.request(organization, actor, command, Instant.now(), null));
    }

    @Override
    public void close() {
        context.close();
    }
}
