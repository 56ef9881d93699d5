package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CommandId;
import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandGateway.CommandStatus;
import io.keyledger.key.ledger.CommandGateway.NotAnswered;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandReply.Refused;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Found;
import io.keyledger.table.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The ledger on a real broker: what is asked, and what is written. */
@TestMethodOrder(OrderAnnotation.class)
class LedgerIT extends LedgerHarness {

    private static final int CALLERS = 16;

    @Test
    @Order(1)
    void anAnswerMeansVisible() throws Exception {
        var organization = node.organization();
        for (int i = 0; i < 300; i++) {
            var system = new SystemId(UUID.randomUUID());
            TestNode.applied(node.ask(organization, new Command.RegisterSystem(system, "System " + i)));
            assertThat(node.tables().system(system)).isInstanceOf(Found.Present.class);

            var secret = Fixtures.secret("override " + system);
            TestNode.applied(node.ask(organization, new Command.CreateOverride(system, secret, null)));
            assertThat(node.tables().key(secret.hash())).isInstanceOf(Found.Present.class);
            assertThat(node.tables().system(system))
                    .isInstanceOfSatisfying(
                            Found.Present.class,
                            present -> assertThat(((Row.SystemRow) present.row()).overrideRequiredFrom())
                                    .isNotNull());
        }
        assertThat(node.meters().get("keyledger.ledger.command.latency").timer().count())
                .isGreaterThanOrEqualTo(600);
    }

    @Test
    @Order(2)
    void hostsAreAnsweredWhenTheirRowsAreThere() throws Exception {
        var organization = node.organization();
        var system = new SystemId(UUID.randomUUID());
        node.ask(organization, new Command.RegisterSystem(system, "Hosts"));
        var hosts = new ArrayList<HostName>();
        for (int i = 0; i < 500; i++) {
            hosts.add(new HostName("host-" + i));
        }
        var linked = TestNode.applied(node.ask(organization, new Command.LinkHosts(system, hosts, false)));
        assertThat(linked.touched()).containsKey(Topics.HOST_TO_SYSTEM);
        // The same again changes nothing, and is answered all the same.
        assertThat(TestNode.applied(node.ask(organization, new Command.LinkHosts(system, hosts, false)))
                        .events())
                .isEmpty();
    }

    @Test
    @Order(3)
    void ofSixteenThatMakeOneOverrideExactlyOneWins() throws Exception {
        var organization = node.organization();
        for (int round = 0; round < 20; round++) {
            var system = new SystemId(UUID.randomUUID());
            node.ask(organization, new Command.RegisterSystem(system, "Race " + round));
            var replies = race(() -> TestNode.request(
                    organization,
                    new Command.CreateOverride(
                            system, Fixtures.secret(UUID.randomUUID().toString()), null)));
            assertThat(replies).filteredOn(Applied.class::isInstance).hasSize(1);
            assertThat(replies)
                    .filteredOn(Refused.class::isInstance)
                    .extracting(reply -> ((Refused) reply).rejection().fact())
                    .hasSize(CALLERS - 1)
                    .containsOnly(Fact.OVERRIDE_ALREADY_ACTIVE);
        }
    }

    @Test
    @Order(4)
    void ofSixteenWithOneIdempotencyKeyOneIsAppliedAndAllAreAnswered() throws Exception {
        var organization = node.organization();
        var command = new Command.RegisterSystem(new SystemId(UUID.randomUUID()), "Once");
        var replies = race(() -> TestLedger.request(
                organization,
                TestLedger.owner(organization),
                command,
                Instant.now(),
                new CommandRequest.Idempotency("once", "f")));
        assertThat(replies)
                .extracting(reply -> TestNode.applied(reply).replayed())
                .containsOnlyOnce(false)
                .hasSize(CALLERS);
        assertThat(replies)
                .extracting(reply -> TestNode.applied(reply).events())
                .containsOnly(TestNode.applied(replies.getFirst()).events());
    }

    @Test
    @Order(5)
    void aCommandPastItsDeadlineIsNotAnsweredAndItsOutcomeCanBeAsked() throws Exception {
        var organization = node.organization();
        var command = new Command.RegisterSystem(new SystemId(UUID.randomUUID()), "Late");
        var late = new CommandRequest(
                new CommandId(UUID.randomUUID()),
                organization,
                TestLedger.owner(organization),
                "test-1",
                Instant.now(),
                Instant.now().minusSeconds(5),
                null,
                command);
        assertThatThrownBy(() -> node.ask(late))
                .isInstanceOfSatisfying(
                        NotAnswered.class, e -> assertThat(e.sent()).isTrue());
        TestNode.await(() -> node.status(organization, late.id()) instanceof CommandStatus.Answered);
        assertThat(node.status(organization, late.id()))
                .isInstanceOfSatisfying(
                        CommandStatus.Answered.class,
                        answered -> assertThat(
                                        ((Refused) answered.reply()).rejection().fact())
                                .isEqualTo(Fact.PAST_DEADLINE));
        assertThat(node.status(new OrganizationId(UUID.randomUUID()), late.id()))
                .isInstanceOf(CommandStatus.NotKnown.class);
    }

    @Test
    @Order(6)
    void unreadableRecordsAmongTheCommandsStopNobody() throws Exception {
        var organization = node.organization();
        var key = organization.toString().getBytes(StandardCharsets.UTF_8);
        try (var producer = producer()) {
            for (int partition = 0; partition < TestNode.PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(Topics.KEY_COMMANDS, partition, key, bytes("{\"canary\":")))
                        .get();
                producer.send(new ProducerRecord<>(Topics.KEY_COMMANDS, partition, bytes("?"), bytes("")))
                        .get();
                producer.send(empty(partition)).get();
            }
        }
        TestNode.applied(node.ask(organization, new Command.ChangeSettings(false, null, null, null)));
        TestNode.await(() -> node.meters()
                        .get("keyledger.ledger.commands.unreadable")
                        .counter()
                        .count()
                == 3.0 * TestNode.PARTITIONS);
    }

    @Test
    @Order(7)
    void tablesAndStoresAreWhatTheEventsAmountTo() {
        assertSound(node.check());
    }

    @Test
    @Order(8)
    void theCheckSeesARowThatNoEventMade() throws Exception {
        var organization = node.organization();
        try (var producer = producer()) {
            var codec = TestLedger.codec();
            var row = new Row.SystemRow(new SystemId(UUID.randomUUID()), organization, null, 1);
            var encoded = codec.encode(RecordType.SYSTEM_STATE, row);
            var record = new ProducerRecord<>(
                    Topics.SYSTEM_STATE,
                    Topics.partition(organization, TestNode.PARTITIONS),
                    bytes(row.systemId().toString()),
                    encoded.value());
            LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
            LedgerHeaders.putRevision(record.headers(), 1);
            producer.send(record).get();
        }
        assertThat(node.check().wrong()).isEqualTo(1);
    }

    private static List<CommandReply> race(Supplier<CommandRequest> requests) throws Exception {
        var barrier = new CyclicBarrier(CALLERS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<CommandReply>>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(threads.submit(() -> {
                    barrier.await();
                    return node.ask(requests.get());
                }));
            }
            var replies = new ArrayList<CommandReply>();
            for (var answer : answers) {
                replies.add(answer.get());
            }
            return replies;
        }
    }

    @SuppressWarnings("NullAway") // a record without a value, as anybody with access can write one
    private static ProducerRecord<byte[], byte[]> empty(int partition) {
        return new ProducerRecord<>(Topics.KEY_COMMANDS, partition, new byte[0], null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
