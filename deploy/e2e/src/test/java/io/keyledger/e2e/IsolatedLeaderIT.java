package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import io.keyledger.table.StalenessRule;
import io.keyledger.table.StalenessRule.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the tables makes of a leader that is cut off from the other two brokers, and does not know it. */
class IsolatedLeaderIT {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0, 1));
    private static final byte[] HASH = new byte[32];
    private static final Duration MAX_STALENESS = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int READERS = 6;

    @TempDir
    private Path directory;

    @Test
    void itAcknowledgesNothingSoThatItsReadersFenceThemselves() throws Exception {
        try (var brokers = start();
                var ledger = producer(brokers.others());
                var reports = producer(brokers.near());
                var loader = load(brokers, ledger)) {
            send(reports, Topics.COLLECTOR_STATUS, 0).get();
            long heard = System.nanoTime();

            brokers.cutClient();
            brokers.isolate(Topics.KEY_STATE);
            send(ledger, Topics.KEY_STATE, 2).get();
            assertThatThrownBy(() -> send(reports, Topics.COLLECTOR_STATUS, 0).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);

            assertThat(loader.appliedRevision(Topics.KEY_STATE, 0)).isOne();
            assertThat(loader.isReady()).isTrue();
            var silence = Duration.ofNanos(System.nanoTime() - heard);
            assertThat(new StalenessRule(MAX_STALENESS, false)
                            .judge(loader.freshness().staleness(), silence))
                    .isEqualTo(Standing.STALE);

            brokers.mend();
            awaitApplied(loader, 2);
        }
    }

    /** Several, for whom of the three a reader asks is chance. */
    @Test
    void whoReachesTheOthersFollowsTheNewLeader() throws Exception {
        var readers = new ArrayList<LedgerTablesLoader>();
        try (var brokers = start();
                var ledger = producer(brokers.others())) {
            for (int i = 0; i < READERS; i++) {
                readers.add(load(brokers, ledger));
            }
            brokers.isolate(Topics.KEY_STATE);
            send(ledger, Topics.KEY_STATE, 2).get();
            long acknowledged = System.nanoTime();
            for (var reader : readers) {
                awaitApplied(reader, 2);
                Await.until("a proof", LONG, () -> proves(reader));
            }
            System.out.printf(
                    "%d readers had the new leader's row %.1f s after it was acknowledged%n",
                    READERS, (System.nanoTime() - acknowledged) / 1e9);
        } finally {
            readers.forEach(LedgerTablesLoader::close);
        }
    }

    private ThreeBrokers start() throws Exception {
        var brokers = new ThreeBrokers(directory);
        brokers.create(Stream.concat(Topics.TABLES.stream(), Stream.of(Topics.COLLECTOR_STATUS))
                .toList());
        return brokers;
    }

    private static LedgerTablesLoader load(ThreeBrokers brokers, KafkaProducer<byte[], byte[]> ledger)
            throws Exception {
        send(ledger, Topics.KEY_STATE, 1).get();
        var connection = new LedgerConnection(brokers.near(), "collector");
        var loader = new LoaderBuilder(connection, (_, _, _, _) -> {
                    throw new IllegalStateException("There are tombstones alone.");
                })
                .keep(Topics.TABLES)
                .start();
        awaitApplied(loader, 1);
        Await.until("a proof", LONG, () -> proves(loader));
        return loader;
    }

    private static boolean proves(LedgerTablesLoader loader) {
        return loader.freshness()
                .prove(ORGANIZATION, Duration.ofSeconds(1))
                .toCompletableFuture()
                .join();
    }

    private static void awaitApplied(LedgerTablesLoader loader, long revision) {
        Await.until("revision " + revision, LONG, () -> loader.appliedRevision(Topics.KEY_STATE, 0) == revision);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "linger.ms", 0,
                        "request.timeout.ms", 2_000,
                        "delivery.timeout.ms", 6_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A tombstone: all that counts is its revision, and where it is. */
    private static Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, String topic, long revision) {
        var record = new ProducerRecord<byte[], byte[]>(topic, HASH, null);
        LedgerHeaders.putRevision(record.headers(), revision);
        return producer.send(record);
    }
}
