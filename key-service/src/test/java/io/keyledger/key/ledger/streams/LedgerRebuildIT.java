package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.NewSecret;
import io.keyledger.table.Found;
import io.keyledger.table.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What is wrong is seen and named, and everything comes back from the events. One ledger, to which ever more is done. */
@TestMethodOrder(OrderAnnotation.class)
class LedgerRebuildIT extends LedgerHarness {

    private static final NewSecret SECRET = Fixtures.secret("of an override");
    private static final SystemId SYSTEM = new SystemId(UUID.randomUUID());
    private static final CommandRequest.Idempotency ONCE = new CommandRequest.Idempotency("once", "f");

    @SuppressWarnings("NullAway.Init") // started before all
    private static LedgerTablesLoader collector;

    @SuppressWarnings("NullAway.Init") // made before all
    private static OrganizationId organization;

    /** Of the row of {@link #SECRET}, as the ledger made it. */
    private static long revision;

    @BeforeAll
    static void fill() throws Exception {
        organization = node.organization();
        node.ask(organization, new Command.RegisterSystem(SYSTEM, "Billing"));
        node.ask(organization, new Command.LinkHosts(SYSTEM, List.of(new HostName("a"), new HostName("b")), false));
        node.ask(organization, new Command.UnlinkHosts(SYSTEM, List.of(new HostName("b"))));
        node.ask(organization, new Command.CreateOverride(SYSTEM, SECRET, null));
        node.ask(once());
        for (int i = 0; i < 3; i++) {
            node.organization();
        }
        collector = new LoaderBuilder(
                        new LedgerConnection(broker.bootstrapServers(), "collector-1", Map.of()),
                        CodecReaders.rows(TestLedger.codec()))
                .keep(Topics.TABLES)
                .expectPartitions(TestNode.PARTITIONS)
                .start();
        collector.whenLoaded().toCompletableFuture().get(30, TimeUnit.SECONDS);
        revision = rowRevision();
    }

    @AfterAll
    static void stopCollector() {
        collector.close();
    }

    @Test
    @Order(1)
    void ofOneByteThatWasFlippedTheRowIsNamedWhileTheLedgerRuns() throws Exception {
        assertThat(node.check().findings()).isEmpty();
        var row = rowOf(SECRET);
        var flipped = row.value().clone();
        // After the prefix of five and one of "requires": the first of the revision.
        flipped[6] ^= 2;
        try (var producer = producer()) {
            producer.send(new ProducerRecord<>(row.topic(), row.partition(), row.key(), flipped, row.headers()))
                    .get();
        }
        node.ask(organization, new Command.ChangeSettings(false, null, null, null));

        assertThat(node.check().findings())
                .singleElement()
                .asString()
                .startsWith(Topics.KEY_STATE + "-" + row.partition())
                .contains(SECRET.hash().toString(), "expected revision", "but found");
        assertThat(LedgerCommand.run(arguments(LedgerCommand.CHECK))).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aRunningLedgerIsNotRebuilt() {
        assertThatThrownBy(() -> rebuild())
                .isInstanceOf(LedgerRefusesException.class)
                .hasMessageContaining("test-1")
                .hasMessageContaining("Stop all instances");
        assertThat(inService()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void aRebuildMendsTheRowAndTheLedgerGoesOn() throws Exception {
        TestNode.await(() -> rowRevision() != revision);
        var before = TestNode.applied(node.ask(organization, new Command.ChangeSettings(true, null, null, null)));
        node.close();

        var report = rebuild();
        assertThat(report.differences())
                .singleElement()
                .asString()
                .contains(SECRET.hash().toString());
        assertThat(report.lost()).isEmpty();
        assertThat(inService()).isEqualTo(2);
        TestNode.await(() -> rowRevision() == revision);

        node = startNode("state");
        assertThat(node.check().findings()).isEmpty();
        var after = TestNode.applied(node.ask(organization, new Command.ChangeSettings(false, null, null, null)));
        assertThat(after.revision()).isEqualTo(before.revision() + 1);
        assertThat(TestNode.applied(node.ask(once())).replayed()).isTrue();
        assertThat(LedgerCommand.run(arguments(LedgerCommand.CHECK))).isZero();
    }

    @Test
    @Order(4)
    void withoutItsChangelogsTheLedgerDoesNotBeginAgain() throws Exception {
        var last = TestNode.applied(node.ask(organization, new Command.ChangeSettings(true, null, null, null)))
                .revision();
        node.close();
        var generation = new LedgerGeneration(2);
        try (var admin = new LedgerAdmin(kafka());
                var raw = Admin.create(kafka().client("test", Map.of()))) {
            TestNode.await(() -> admin.members(generation.applicationId()).isEmpty());
            admin.delete(LedgerStores.NAMES.stream().map(generation::changelog).toList());
            // Where the ledger stood among the commands goes as well: the replies have to tell.
            raw.deleteConsumerGroups(List.of(generation.applicationId())).all().get();
        }
        var ended = new CompletableFuture<String>();
        var written = Map.of(Topics.partition(organization, TestNode.PARTITIONS), last);
        var ledger = new LedgerProperties(TestNode.PARTITIONS, "test-1", dir.resolve("lost"), 1, 0);
        try (var streams = new LedgerStreams(ledger, kafka(), (why, _) -> ended.complete(why))) {
            streams.start(generation, parts(written));
            assertThat(ended.get(30, TimeUnit.SECONDS)).contains("at revision " + last, LedgerCommand.REBUILD);
        }
    }

    @Test
    @Order(5)
    void lostChangelogsComeBackFromTheEvents() throws Exception {
        var events = new LedgerCheck(kafka(), TestLedger.codec(), TestNode.PARTITIONS).run();
        assertThat(events.wrong()).isPositive();

        assertThat(LedgerCommand.run(arguments(LedgerCommand.REBUILD))).isZero();

        assertThat(inService()).isEqualTo(3);
        node = startNode("after");
        var sound = node.check();
        assertThat(sound.findings()).isEmpty();
        assertThat(sound.events()).as("no command was applied twice").isEqualTo(events.events());
        var revealed = TestNode.applied(node.ask(organization, new Command.RevealCollectorKey(SYSTEM)));
        assertThat(revealed.answer())
                .isInstanceOfSatisfying(
                        Answer.OfKey.class, key -> assertThat(key.sealed()).isEqualTo(SECRET.sealed()));
        assertThat(node.ask(once()))
                .isInstanceOfSatisfying(
                        Applied.class,
                        again -> assertThat(again.replayed())
                                .as("the first answers are lost with the changelog")
                                .isFalse());
        assertThat(node.check().findings()).isEmpty();
    }

    private static CommandRequest once() {
        return TestLedger.request(
                organization,
                TestLedger.owner(organization),
                new Command.ChangeSettings(true, null, null, null),
                Instant.now(),
                ONCE);
    }

    private static long rowRevision() {
        if (collector.tables().key(SECRET.hash()) instanceof Found.Present<Row.KeyRow>(var row)) {
            return row.revision();
        }
        throw new AssertionError("Expected the row");
    }

    private static ConsumerRecord<byte[], byte[]> rowOf(NewSecret secret) {
        var last = new AtomicReference<ConsumerRecord<byte[], byte[]>>();
        new WholeTopic(kafka(), Topics.KEY_STATE, TestNode.PARTITIONS).read(record -> {
            if (Arrays.equals(record.key(), secret.hash().toBytes())) {
                last.set(record);
            }
        });
        return last.get();
    }

    private static String[] arguments(String command) {
        return new String[] {
            command,
            "--keyledger.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--keyledger.ledger.partitions=" + TestNode.PARTITIONS,
            "--keyledger.registry.url=http://127.0.0.1:1/"
        };
    }
}
