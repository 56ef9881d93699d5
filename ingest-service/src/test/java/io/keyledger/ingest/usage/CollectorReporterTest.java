package io.keyledger.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a Collector tells its status. */
@Timeout(20)
class CollectorReporterTest {

    private static final Duration SELDOM = Duration.ofSeconds(10);

    private static void awaitStatuses(ReporterRig rig, int count, Runnable meanwhile) throws InterruptedException {
        while (rig.statuses().size() < count) {
            meanwhile.run();
            Thread.sleep(1);
        }
    }

    @Test
    void changesAreToldTogetherAsSoonAsTheLastStatusIsOldEnough() throws Exception {
        var debounce = Duration.ofMillis(100);
        try (var rig = new ReporterRig(ReporterRig.producer(true), SELDOM, debounce)) {
            long begun = System.nanoTime();
            rig.reporter.start();
            awaitStatuses(rig, 5, rig.reporter::onChange);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(debounce.multipliedBy(4));
        }
    }

    @Test
    void aStatusIsToldNowAndThenAlthoughNothingChanges() throws Exception {
        var every = Duration.ofMillis(50);
        try (var rig = new ReporterRig(ReporterRig.producer(true), every, Duration.ofMillis(20))) {
            long begun = System.nanoTime();
            rig.reporter.start();
            // The first two are the announcement and what follows from it.
            awaitStatuses(rig, 5, () -> {});

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(every.multipliedBy(3));
        }
    }

    /** Holds up what the reporter's own thread sends. */
    private static final class SlowProducer extends MockProducer<byte[], byte[]> {

        private static final long WHILE_NANOS = Duration.ofMillis(300).toNanos();

        final CountDownLatch sending = new CountDownLatch(1);
        private final CountDownLatch sent = new CountDownLatch(1);
        private volatile boolean isSlow;

        SlowProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        void slowDown() {
            isSlow = true;
        }

        @Override
        // The good-bye must find no lock while it waits.
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (!isSlow || !Thread.currentThread().getName().equals("reports")) {
                return super.send(record, callback);
            }
            sending.countDown();
            long end = System.nanoTime() + WHILE_NANOS;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            try {
                return super.send(record, callback);
            } finally {
                sent.countDown();
            }
        }

        @Override
        public void close(Duration timeout) {
            try {
                assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            super.close(timeout);
        }
    }

    @Test
    void aStatusThatIsBeingSentComesBeforeTheGoodbye() throws Exception {
        var producer = new SlowProducer();
        var rig = new ReporterRig(producer, SELDOM, Duration.ofMillis(20));
        rig.reporter.start();
        awaitStatuses(rig, 2, () -> {});
        producer.slowDown();
        rig.reporter.onChange();
        producer.sending.await();
        rig.reporter.close();

        assertThat(rig.statuses())
                .extracting(CollectorStatus::state)
                .endsWith(State.GOODBYE)
                .containsOnlyOnce(State.GOODBYE);
    }
}
