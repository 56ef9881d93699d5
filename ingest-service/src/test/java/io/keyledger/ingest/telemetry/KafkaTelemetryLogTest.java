package io.keyledger.ingest.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaTelemetryLogTest {

    private static final Node[] NODES = {new Node(1, "127.0.0.1", 9092)};
    private static final Cluster CLUSTER = new Cluster(
            "cluster",
            List.of(NODES),
            List.of(new PartitionInfo(Topics.TELEMETRY_INFLUX, 0, NODES[0], NODES, NODES)),
            Set.of(),
            Set.of());

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(CLUSTER, false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaTelemetryLog log = new KafkaTelemetryLog(producer, Runnable::run);

    @BeforeEach
    void awaitTopic() throws InterruptedException {
        while (append(0).isCompletedExceptionally() || appendRefused()) {
            Thread.sleep(1);
        }
        producer.clear();
    }

    /** Until the topic is known nothing is sent. */
    private boolean appendRefused() {
        var first = append(1);
        var refused = first.isCompletedExceptionally();
        if (!refused) {
            producer.completeNext();
        }
        return refused;
    }

    @AfterEach
    void close() {
        log.close();
    }

    private CompletableFuture<Void> append(int records) {
        return log.append(records(records)).toCompletableFuture();
    }

    private static Iterator<TelemetryRecord> records(int count) {
        var organization = new OrganizationId(new UUID(0, 1));
        var key = new KeyId(new UUID(0, 2));
        return Stream.generate(
                        () -> new TelemetryRecord(organization, null, List.of(), key, Instant.EPOCH, new byte[] {'x'}))
                .limit(count)
                .iterator();
    }

    @Test
    void aLargePushIsSentAFewRecordsAtATime() {
        var all = append(2 * TelemetryLog.UNACKNOWLEDGED_RECORDS + 1);
        assertThat(producer.history()).hasSize(TelemetryLog.UNACKNOWLEDGED_RECORDS);

        for (var i = 0; i < TelemetryLog.UNACKNOWLEDGED_RECORDS; i++) {
            producer.completeNext();
        }
        assertThat(producer.history()).hasSize(2 * TelemetryLog.UNACKNOWLEDGED_RECORDS);
        while (producer.completeNext()) {
            assertThat(producer.history()).hasSizeLessThanOrEqualTo(2 * TelemetryLog.UNACKNOWLEDGED_RECORDS + 1);
        }

        assertThat(all).isCompleted();
        assertThat(producer.history()).hasSize(2 * TelemetryLog.UNACKNOWLEDGED_RECORDS + 1);
    }

    @Test
    void whatFollowsARecordThatFailedIsNotSent() {
        var all = append(2 * TelemetryLog.UNACKNOWLEDGED_RECORDS);
        producer.errorNext(new TimeoutException("no answer"));
        while (producer.completeNext()) {}

        assertThat(all).isCompletedExceptionally();
        assertThat(producer.history()).hasSize(TelemetryLog.UNACKNOWLEDGED_RECORDS);
    }

    @Test
    void aFullBufferIsNoWordAboutKafka() {
        var full = append(1);
        producer.errorNext(new BufferExhaustedException("full"));
        assertThatThrownBy(full::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TelemetryUnavailableException.class,
                        it -> assertThat(it.full()).isTrue());

        var first = append(1);
        var second = append(1);
        assertThat(second).isNotDone();
        producer.completeNext();
        producer.completeNext();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void aFaultOfOursIsNoWordAboutKafka() {
        assertThat(appendBroken()).isCompletedExceptionally();

        assertThat(append(1)).isNotDone();
    }

    private CompletableFuture<Void> appendBroken() {
        return log.append(new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public TelemetryRecord next() {
                        throw new AssertionError("broken");
                    }
                })
                .toCompletableFuture();
    }

    /** The next push tries after it. */
    @Test
    void aFaultOfOursWhileKafkaIsAwayKeepsNobodyAway() {
        var lost = append(1);
        producer.errorNext(new TimeoutException("no answer"));
        assertThat(lost).isCompletedExceptionally();

        assertThat(appendBroken()).isCompletedExceptionally();

        var tries = append(1);
        assertThat(tries).isNotDone();
        producer.completeNext();
        assertThat(tries).isCompleted();
    }

    @Test
    void whileKafkaIsAwayOnePushTries() {
        var lost = append(1);
        producer.errorNext(new TimeoutException("no answer"));
        assertThat(lost).isCompletedExceptionally();

        var tries = append(1);
        assertThat(append(1)).isCompletedExceptionally();
        producer.completeNext();
        assertThat(tries).isCompleted();
        assertThat(append(1)).isNotDone();
    }
}
