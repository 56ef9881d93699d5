package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.HostName;
import io.keyledger.event.LedgerEvent;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.SystemId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandReply.Refused;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.CommandRequest.Idempotency;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTopologyTest {

    private static final OrganizationId ORGANIZATION = Fixtures.ORGANIZATION;

    private final LedgerCodec codec = TestLedger.codec();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Fixtures.T0;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TestInputTopic<byte[], byte[]> commands;

    @BeforeEach
    void start() {
        var parts = new LedgerParts(TestLedger.LEDGER_ID, codec, () -> now, new Random(1), new LedgerMeters(meters));
        driver = new TopologyTestDriver(
                new LedgerTopology(parts, Stores::inMemoryKeyValueStore).get(), new Properties(), now);
        commands = driver.createInputTopic(Topics.KEY_COMMANDS, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aCommandBecomesEventsRowsSourcesAndAReply() {
        var reply = applied(create());

        assertThat(reply.events())
                .extracting(CommandReply.EventSummary::type)
                .containsExactly("OrganizationCreated", "UserAdded", "KeyCreated", "KeyCreated");
        assertThat(reply.revision()).isEqualTo(4);
        assertThat(reply.replayed()).isFalse();
        assertThat(reply.touched().keySet())
                .containsExactlyInAnyOrder(
                        Topics.KEY_STATE,
                        Topics.USER_STATE,
                        Topics.ORGANIZATION_STATE,
                        Topics.SEALED_SECRETS,
                        Topics.DATA_KEYS);
        assertThat(records(Topics.KEY_STATE)).hasSize(2);
        assertThat(records(Topics.SEALED_SECRETS)).isNotEmpty();
        assertThat(records(Topics.DATA_KEYS)).hasSize(2);
        assertThat(meters.get("keyledger.ledger.commands")
                        .tags("type", "CreateOrganization", "outcome", "applied")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void revisionsHaveNoGapAndTheChainIsWhole() {
        create();
        for (int i = 0; i < 5; i++) {
            applied(send(register("System " + i)));
            refused(send(register("System " + i)));
        }
        var chain = Chain.genesis(TestLedger.LEDGER_ID, 0);
        var revision = 0L;
        for (var record : records(Topics.KEY_EVENTS)) {
            var headers = record.headers();
            var event =
                    codec.decode(RecordType.KEY_EVENTS, record.value(), headers).orThrow();
            revision++;
            assertThat(event.revision()).isEqualTo(revision);
            assertThat(event.organizationRevision()).isEqualTo(revision);
            assertThat(LedgerHeaders.findRevision(headers)).hasValue(revision);
            var leaf = Chain.leafOfValue(
                    Fingerprint.ofBytes(
                            headers.lastHeader(Topics.HEADER_FINGERPRINT).value()),
                    record.key(),
                    revision,
                    record.value());
            chain = Chain.next(chain, leaf);
            assertThat(headers.lastHeader(Topics.HEADER_LEAF).value()).isEqualTo(leaf);
            assertThat(headers.lastHeader(Topics.HEADER_CHAIN).value()).isEqualTo(chain);
        }
        assertThat(revision).isEqualTo(9);
    }

    @Test
    void whatIsRefusedWritesNothingButItsReply() {
        create();
        drain();
        assertThat(refused(send(new Command.RenameSystem(Fixtures.BILLING, "x", null)))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.SYSTEM_NOT_FOUND);
        assertThat(LedgerTopology.WRITTEN)
                .allSatisfy(topic -> assertThat(records(topic)).isEmpty());
    }

    @Test
    void aCommandPastItsDeadlineIsRefusedUnappliedAndOneWithinTheToleranceIsNot() {
        create();
        var late = request(register("late"), null);
        now = now.plus(Duration.ofSeconds(20)).plus(PartitionLedger.DEADLINE_TOLERANCE);
        applied(send(late));
        var tooLate = request(register("too late"), null);
        now = now.plus(Duration.ofSeconds(20))
                .plus(PartitionLedger.DEADLINE_TOLERANCE)
                .plusMillis(1);
        assertThat(refused(send(tooLate)).rejection().fact()).isEqualTo(Fact.PAST_DEADLINE);
        applied(send(register("too late")));
    }

    @Test
    void theSameIdempotencyKeyGetsTheFirstAnswerWithoutTheSecret() {
        create();
        var first = applied(send(request(new Command.RevealCollectorKey(null), new Idempotency("k", "f1"))));
        var again = applied(send(request(new Command.RevealCollectorKey(null), new Idempotency("k", "f1"))));

        assertThat(((Answer.OfKey) first.answer()).sealed()).isNotNull();
        assertThat(((Answer.OfKey) again.answer()).sealed()).isNull();
        assertThat(again.replayed()).isTrue();
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(again.commandId()).isNotEqualTo(first.commandId());
        assertThat(events()).hasSize(5);
    }

    @Test
    void aRefusalIsRepeatedTooButAnotherRequestWithTheSameKeyIsRefused() {
        create();
        var rename = new Command.RenameSystem(Fixtures.BILLING, "x", null);
        refused(send(request(rename, new Idempotency("k", "f1"))));
        applied(send(new Command.RegisterSystem(Fixtures.BILLING, "Billing")));
        assertThat(refused(send(request(rename, new Idempotency("k", "f1"))))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.SYSTEM_NOT_FOUND);
        assertThat(refused(send(request(rename, new Idempotency("k", "f2"))))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.IDEMPOTENCY_KEY_REUSED);
        applied(send(request(rename, new Idempotency("another", "f1"))));
    }

    @Test
    void anIdempotencyKeyIsForgottenAfterADayAndPurged() {
        create();
        var first = applied(send(request(register("a"), new Idempotency("k", "f1"))));
        now = now.plus(IdempotencyRecords.KEPT).plusMillis(1);
        var later = applied(send(request(register("b"), new Idempotency("k", "f2"))));
        assertThat(later.revision()).isGreaterThan(first.revision());

        var store = driver.getKeyValueStore(LedgerStores.IDEMPOTENCY);
        assertThat(store.approximateNumEntries()).isEqualTo(3);
        driver.advanceWallClockTime(LedgerProcessor.PURGE_EVERY);
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        assertThat(applied(send(request(register("b"), new Idempotency("k", "f2"))))
                        .replayed())
                .isTrue();
    }

    @Test
    void aRevealedSecretIsTheCurrentOneAndNoneAfterTheRevoke() {
        create();
        var sealed = Fixtures.secret("global-2");
        applied(send(new Command.RegenerateCollectorKey(null, sealed)));
        var revealed = applied(send(new Command.RevealCollectorKey(null)));
        assertThat(((Answer.OfKey) revealed.answer()).sealed()).isEqualTo(sealed.sealed());

        drain();
        applied(send(new Command.RevokeCollectorKey(null, RevocationReason.COMPROMISED, null)));
        assertThat(records(Topics.SEALED_SECRETS))
                .singleElement()
                .satisfies(tombstone -> assertThat(tombstone.getValue()).isNull());
        assertThat(refused(send(new Command.RevealCollectorKey(null)))
                        .rejection()
                        .fact())
                .isNotEqualTo(Fact.FAILED);
    }

    @Test
    void anUnreadableRecordIsCountedAndAnsweredIfItSaysWhoWaits() {
        create();
        drain();
        var command = new io.keyledger.event.CommandId(UUID.randomUUID());
        var key = ORGANIZATION.toString().getBytes(StandardCharsets.UTF_8);
        commands.pipeInput(new TestRecord<>(key, bytes("{"), CommandHeaders.of(command, "test-9"), now));
        commands.pipeInput(new TestRecord<>(key, null, new RecordHeaders(), now));
        commands.pipeInput(new TestRecord<>(null, bytes("\u0000"), new RecordHeaders(), now));
        commands.pipeInput(
                new TestRecord<>(bytes("x"), LedgerJson.write(request(register("a"), null)), headers(), now));

        var replies = records(Topics.KEY_COMMAND_REPLIES);
        assertThat(replies).hasSize(1);
        assertThat(CommandHeaders.findInstance(replies.getFirst().headers())).contains("test-9");
        assertThat(LedgerJson.read(replies.getFirst().value(), CommandReply.class))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.commandId()).isEqualTo(command);
                    assertThat(refused.rejection().fact()).isEqualTo(Fact.UNREADABLE_COMMAND);
                });
        assertThat(meters.get("keyledger.ledger.commands.unreadable").counter().count())
                .isEqualTo(4);
        applied(send(register("and on it goes")));
    }

    @Test
    void aChangeThatWouldMakeARecordTooLargeIsRefusedAndLeavesNoTrace() {
        create();
        drain();
        var name = "h".repeat(250);
        applied(send(new Command.RegisterSystem(Fixtures.BILLING, "Billing")));
        var hosts = IntStream.range(0, 500)
                .mapToObj(i -> new HostName(name + String.format("%04d", i)))
                .toList();
        var linked = applied(send(new Command.LinkHosts(Fixtures.BILLING, hosts, false)));
        assertThat(((Answer.OfHosts) linked.answer()).linked()).hasSize(500);
        assertThat(records(Topics.HOST_TO_SYSTEM)).hasSize(500);
    }

    @Test
    void aSenderWhoseClockIsAheadDoesNotDragTheLedgersTimeAlong() {
        create();
        var ahead = TestLedger.request(
                ORGANIZATION, TestLedger.owner(ORGANIZATION), register("a"), now.plus(Duration.ofDays(400)), null);
        applied(send(ahead));
        now = now.plusSeconds(1);
        applied(send(register("b")));
        assertThat(events())
                .last()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(now));
    }

    @Test
    void aSenderWhoseClockIsBehindDoesNotTurnTheLedgersTimeBack() {
        create();
        var behind = TestLedger.request(
                ORGANIZATION, TestLedger.owner(ORGANIZATION), register("a"), now.minusSeconds(15), null);
        applied(send(behind));
        assertThat(events())
                .last()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(now));
    }

    @Test
    void anAnswerThatChangesNothingWaitsForTheRowsOfTheChangeJustBefore() {
        create();
        var first = applied(send(new Command.ChangeSettings(false, null, null, null)));
        var again = applied(send(new Command.ChangeSettings(false, null, null, null)));
        assertThat(again.events()).isEmpty();
        assertThat(again.touched())
                .containsEntry(Topics.ORGANIZATION_STATE, first.touched().get(Topics.ORGANIZATION_STATE));
        now = now.plus(Duration.ofMinutes(1));
        assertThat(applied(send(new Command.ChangeSettings(false, null, null, null)))
                        .touched())
                .isEmpty();
    }

    @Test
    void anHourlyRecordLetsTheDataKeysBeCompacted() {
        create();
        drain();
        driver.advanceWallClockTime(LedgerProcessor.UPKEEP_EVERY);
        assertThat(records(Topics.DATA_KEYS)).singleElement().satisfies(record -> {
            assertThat(record.getValue()).isNull();
            assertThat(LedgerHeaders.findRevision(record.headers())).hasValue(4);
        });
    }

    @Test
    void everyStepAndStoreHasAName() {
        assertThat(driver.getAllStateStores().keySet()).containsExactlyInAnyOrderElementsOf(LedgerStores.NAMES);
        assertThat(new LedgerTopology(
                                new LedgerParts(
                                        TestLedger.LEDGER_ID,
                                        codec,
                                        () -> now,
                                        new Random(1),
                                        new LedgerMeters(meters)),
                                Stores::inMemoryKeyValueStore)
                        .get()
                        .describe()
                        .toString())
                .doesNotContain("KSTREAM");
    }

    private CommandReply create() {
        return send(TestLedger.request(
                ORGANIZATION, Fixtures.OPERATOR, TestLedger.createOrganization(ORGANIZATION), now, null));
    }

    private static Command register(String name) {
        return new Command.RegisterSystem(new SystemId(UUID.randomUUID()), name);
    }

    private CommandRequest request(Command command, @Nullable Idempotency idempotency) {
        return TestLedger.request(ORGANIZATION, TestLedger.owner(ORGANIZATION), command, now, idempotency);
    }

    private CommandReply send(Command command) {
        return send(request(command, null));
    }

    private CommandReply send(CommandRequest request) {
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

    private static Applied applied(CommandReply reply) {
        assertThat(reply).isInstanceOf(Applied.class);
        return (Applied) reply;
    }

    private static Refused refused(CommandReply reply) {
        assertThat(reply).isInstanceOf(Refused.class);
        return (Refused) reply;
    }

    private final List<LedgerEvent> seen = new ArrayList<>();

    private List<LedgerEvent> events() {
        records(Topics.KEY_EVENTS)
                .forEach(record -> seen.add(codec.decode(RecordType.KEY_EVENTS, record.value(), record.headers())
                        .orThrow()));
        return seen;
    }

    private void drain() {
        LedgerTopology.WRITTEN.forEach(this::records);
    }

    private List<TestRecord<byte[], byte[]>> records(String topic) {
        TestOutputTopic<byte[], byte[]> output =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList();
    }

    private static Headers headers() {
        return new RecordHeaders();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
