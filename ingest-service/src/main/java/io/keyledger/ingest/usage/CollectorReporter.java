package io.keyledger.ingest.usage;

import io.keyledger.client.ReportRecords;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.table.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the Collector's status, usage and denials, every few seconds and, for the status, soon after a change. All
 * of it on a thread of its own, and no push waits for it.
 */
public final class CollectorReporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorReporter.class);
    private static final Duration UNTIL_ANNOUNCED = Duration.ofMillis(200);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final Duration LAST_REPORT = Duration.ofSeconds(1);

    private final LedgerCodec codec;
    private final Producer<byte[], byte[]> producer;
    private final CollectorReports reports;
    private final CollectorProperties properties;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reports").daemon().factory());
    private final AtomicBoolean soon = new AtomicBoolean();

    /** When the last acknowledged status was sent; the start until then. */
    private volatile Moment heard = now();

    /** When the last status was sent, acknowledged or not; the timer's thread alone writes it. */
    private volatile long toldNanos = System.nanoTime();

    /** When the first status was acknowledged, or the first after a silence past max-staleness; null: none was. */
    private volatile @Nullable Moment counted;

    /** Why the last status was not acknowledged; null: it was, or it is not known yet. */
    private volatile @Nullable Throwable untold;

    /** Sends by this producer, which it closes with itself. */
    public CollectorReporter(
            LedgerCodec codec,
            Producer<byte[], byte[]> producer,
            CollectorReports reports,
            CollectorProperties properties) {
        this.codec = codec;
        this.producer = producer;
        this.reports = reports;
        this.properties = properties;
    }

    /** Announces the Collector, and reports from then on. */
    public void start() {
        timer.execute(this::announce);
        var every = properties.reportEvery().toMillis();
        // With a delay: a process that was paused must not make up for each report that it missed.
        var _ = timer.scheduleWithFixedDelay(this::reportAll, every, every, TimeUnit.MILLISECONDS);
    }

    /** Whether a status of this Collector was ever acknowledged. */
    public boolean isAnnounced() {
        return counted != null;
    }

    /** How long ago it began to count for receipts: a silence past max-staleness may end that. Zero: it never did. */
    public Duration sinceCounted() {
        var at = counted;
        return at == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - at.nanos());
    }

    /** What keeps the statuses from being told, as long as something does. */
    public Optional<String> problem() {
        return Optional.ofNullable(untold)
                .map(failure -> "The last status was not published on collector-status: " + failure.getMessage());
    }

    /** The age of the last acknowledged status, from when it was sent. */
    public Duration silence() {
        return heard.age(System.nanoTime(), System.currentTimeMillis());
    }

    /** Something that the status tells has changed: told at once, or as soon as the last status is old enough. */
    public void onChange() {
        if (isAnnounced() && soon.compareAndSet(false, true)) {
            var wait = properties.debounce().toNanos() - (System.nanoTime() - toldNanos);
            try {
                var _ = timer.schedule(this::reportChange, Math.max(0, wait), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException _) {
                LOG.atDebug().log("A change after the good-bye is not told");
            }
        }
    }

    private void announce() {
        guarded(this::tellStatus);
        if (!isAnnounced()) {
            var _ = timer.schedule(this::announce, UNTIL_ANNOUNCED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void reportChange() {
        soon.set(false);
        guarded(this::tellStatus);
    }

    private void reportAll() {
        guarded(this::tellStatus);
        guarded(this::reportUsage);
        guarded(this::reportDenials);
    }

    private void tellStatus() {
        var _ = reportStatus(isAnnounced() ? State.SERVING : State.STARTING);
    }

    private CompletableFuture<Void> reportStatus(State claimed) {
        var at = now();
        toldNanos = at.nanos();
        var status = reports.status(claimed, silence());
        return send(RecordType.COLLECTOR_STATUS, status, ReportRecords.key(status))
                .whenComplete((_, failure) -> onTold(failure))
                .thenRun(() -> onAcknowledged(status, at));
    }

    private void onAcknowledged(CollectorStatus status, Moment sent) {
        var isFirst = !isAnnounced();
        if (isFirst || silence().compareTo(status.maxStaleness()) > 0) {
            // First: whoever sees that it is heard again has to see that it counts anew.
            counted = now();
        }
        heard = sent;
        if (isFirst) {
            LOG.atInfo().addKeyValue("collector", status.collectorId()).log("The Collector is announced");
            onChange();
        }
    }

    private void onTold(@Nullable Throwable failure) {
        var before = untold;
        untold = failure;
        if (failure instanceof ApiException
                && !(failure instanceof RetriableException)
                && (before == null || before.getClass() != failure.getClass())) {
            LOG.atError()
                    .setCause(failure)
                    .log("The Collector's status cannot be published, and trying again will not help: without it the"
                            + " Collector does not become ready, or refuses everything after max-staleness");
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    private void reportUsage() {
        reports.takeUsage().forEach(part -> {
            var _ = send(RecordType.KEY_USAGE, part.report(), part.key()).whenComplete((_, failure) -> {
                if (failure != null) {
                    part.giveBack().run();
                }
            });
        });
    }

    private void reportDenials() {
        reports.takeDenials().forEach(part -> {
            var _ = send(RecordType.ACCESS_DENIALS, part.report(), part.key()).whenComplete((_, failure) -> {
                if (failure != null) {
                    part.giveBack().run();
                }
            });
        });
    }

    private <T extends CollectorReport> CompletableFuture<Void> send(RecordType<T> type, T report, String key) {
        var done = new CompletableFuture<Void>();
        try {
            var _ = producer.send(ReportRecords.of(codec, type, key, report), (_, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            // The schema's id may not be known yet, or Kafka is away: the next report tells the same totals.
            LOG.atDebug().setCause(e).log("A report was not sent");
            done.completeExceptionally(e);
        }
        return done;
    }

    private static void guarded(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A report failed, and the next one is tried in time");
        }
    }

    /** Tells what was not told, and says good-bye. */
    @Override
    public void close() {
        endReports();
        guarded(this::reportUsage);
        guarded(this::reportDenials);
        if (isAnnounced()) {
            sayGoodbye();
        }
        producer.close(GOODBYE);
    }

    /** A report that is being sent must not be told after the good-bye. */
    private void endReports() {
        timer.shutdownNow();
        try {
            var _ = timer.awaitTermination(LAST_REPORT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodbye() {
        try {
            reportStatus(State.GOODBYE).get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("The good-bye was not acknowledged: the Collector will be missed for a while");
        }
    }
}
