package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.local.LocalBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker for all tests of a class, and what they do with it. What is done to the broker itself is done last. */
abstract class BrokerHarness {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path dir;

    @SuppressWarnings("NullAway.Init") // started before all
    static LocalBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = LocalBroker.start(dir.resolve("broker"));
        TestNode.prepare(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static KafkaProperties kafka() {
        return TestNode.kafka(broker.bootstrapServers());
    }

    /** A ledger by the name of all tests; returns when it is ready. */
    static TestNode startNode(String state) throws InterruptedException {
        return TestNode.start(broker.bootstrapServers(), dir.resolve(state));
    }

    /** Of a ledger without a service around it. */
    static LedgerParts parts(Map<Integer, Long> written) {
        return new LedgerParts(
                TestLedger.LEDGER_ID,
                TestNode.PARTITIONS,
                written,
                TestLedger.codec(),
                InstantSource.system(),
                new Random(1),
                new LedgerMeters(new SimpleMeterRegistry()));
    }

    /** Writes what only somebody with access to Kafka can write. */
    static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka().client("plant", Map.of("acks", "all")), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static void assertSound(LedgerCheck.Report report) {
        assertThat(report.findings()).isEmpty();
        assertThat(report.wrong()).isZero();
        assertThat(report.events()).isPositive();
        assertThat(report.rows()).isPositive();
        assertThat(report.storesCompared()).isEqualTo(TestNode.PARTITIONS);
    }

    /** As the command does it. */
    static LedgerRebuild.Report rebuild() {
        return rebuild(Progress.untold());
    }

    static LedgerRebuild.Report rebuild(Progress progress) {
        return new LedgerRebuild(kafka(), TestLedger.codec(), TestNode.PARTITIONS, progress).run();
    }

    /** The number of the generation of stores that counts. */
    static int inService() {
        return LedgerGeneration.inService(kafka()).number();
    }
}
