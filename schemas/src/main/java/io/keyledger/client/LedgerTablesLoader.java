package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.table.Freshness;
import io.keyledger.table.LedgerTables;
import io.keyledger.table.Moment;
import io.keyledger.table.WritableLedgerTables;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills {@link LedgerTables} from Kafka, on a thread of its own, and goes on following. It waits by itself for Kafka and
 * for the topics, and loads anew what it can no longer vouch for: a position that the log has no longer, another topic
 * by the same name, tombstones that may have been missed.
 */
public final class LedgerTablesLoader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTablesLoader.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final LedgerConnection connection;
    private final WritableLedgerTables tables;
    private final List<FollowedTopic> topics;
    private final OptionalInt expectedPartitions;
    private final LoaderState state;
    private final TopicInspector inspector;
    private final ScheduledExecutorService timer;
    private final KafkaFreshness freshness;
    private final WrittenEnds written;
    private final LoaderWatch watch;
    private final Thread thread;

    LedgerTablesLoader(
            LedgerConnection connection,
            WritableLedgerTables tables,
            List<FollowedTopic> topics,
            OptionalInt expectedPartitions,
            LoaderState state) {
        this.connection = connection;
        this.tables = tables;
        this.topics = List.copyOf(topics);
        this.expectedPartitions = expectedPartitions;
        this.state = state;
        this.inspector = new TopicInspector(connection);
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name(connection.clientId() + "-freshness")
                .daemon()
                .factory());
        this.freshness = new KafkaFreshness(
                inspector::committedEnds,
                state::position,
                timer,
                LedgerTablesLoader::now,
                state.counters,
                this::onLongAbsence);
        this.written = new WrittenEnds(
                inspector::writtenEnds, state::position, timer, LedgerTablesLoader::now, state.counters);
        this.watch = new LoaderWatch(inspector, state, freshness, System::nanoTime);
        this.thread = Thread.ofPlatform()
                .name(connection.clientId() + "-tables")
                .daemon()
                .unstarted(this::run);
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    void start() {
        thread.start();
        var _ = timer.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The tables; what is not loaded yet, or not kept, is unreadable. */
    public LedgerTables tables() {
        return tables;
    }

    /** Proofs for the kept tables, and for what else is followed with proofs. */
    public Freshness freshness() {
        return freshness;
    }

    /**
     * Whether all followed topics have reached the ends that were seen at the start. It stays true when Kafka falls; it
     * turns false while a topic is loaded anew.
     */
    public boolean isReady() {
        return state.isReady;
    }

    /**
     * Completes when {@link #isReady} turns true for the first time. Fails with {@link PartitionCountException} if the
     * topics have the wrong number of partitions: then nothing is ever loaded.
     */
    public CompletionStage<Void> whenLoaded() {
        return state.loaded.minimalCompletionStage();
    }

    /**
     * Completes with the reason when the loader has ended for good, however long it ran: the tables stay as they are and
     * nobody follows them, so that a service which goes on serves ever older rows. It should end, and be started again.
     */
    public CompletionStage<Throwable> whenFailed() {
        return state.failed.minimalCompletionStage();
    }

    /** What keeps it from following right now, in one sentence; empty while it follows. */
    public Optional<String> problem() {
        var problem = state.problem;
        return problem == null ? watch.problem() : Optional.of(problem);
    }

    /** The ledger's number of partitions, once it is known. */
    public OptionalInt partitions() {
        return state.partitions;
    }

    /** The highest revision of which this process has applied all rows in that partition; 0 if none. */
    public long appliedRevision(String topic, int partition) {
        return state.revisions.applied(new TopicPartition(topic, partition));
    }

    /** {@link #appliedRevision} of each partition of a topic of the ledger, from partition 0 on; empty until their number is known. */
    public List<Long> appliedRevisions(String topic) {
        return IntStream.range(0, partitions().orElse(0))
                .mapToObj(partition -> appliedRevision(topic, partition))
                .toList();
    }

    /**
     * Completes as soon as this process has applied all rows of exactly this revision in that partition: on the loader's
     * thread, so that what depends on it must not block. It never fails by itself but when the loader is closed; a caller
     * sets its own limit, and whoever completes the future early is forgotten. Only for a revision of a moment ago: an
     * older one may have been compacted away, or is not remembered. {@link #whenAllRead} is for the others.
     */
    public CompletableFuture<Void> whenApplied(String topic, int partition, long revision) {
        return state.revisions.whenApplied(new TopicPartition(topic, partition), revision);
    }

    /**
     * True once this process has applied all that was written for the organization before this question, in every topic
     * of the ledger that it follows, the rows of transactions included whose markers were still on their way; false if
     * that takes longer.
     */
    public CompletionStage<Boolean> whenAllRead(OrganizationId organization, Duration within) {
        return written.whenRead(organization, within);
    }

    /**
     * True once this process has applied all that was written before this question, in every topic of the ledger that it
     * follows and in every one that is followed with proofs; false if that takes longer.
     */
    public CompletionStage<Boolean> whenAllRead(Duration within) {
        return written.whenRead(within);
    }

    /** What it has counted. */
    public LoaderCounters counters() {
        return state.counters;
    }

    /** How many rows cannot be read now. */
    public long unreadableRows() {
        return keptTables().stream().mapToLong(tables::unreadableRows).sum();
    }

    /** How many rows of a kept table cannot be read now. */
    public long unreadableRows(String table) {
        return tables.unreadableRows(table);
    }

    /** How many hashes two organizations have a row of; more than none is an alarm. */
    public long contestedHashes() {
        return tables.contestedHashes();
    }

    /** Ends the threads; the tables stay as they are. */
    @Override
    public void close() {
        state.isReady = false;
        state.closed.countDown();
        Stop.join(thread);
        inspector.close();
        freshness.close();
        written.close();
        timer.shutdown();
        state.revisions.close();
        state.loaded.completeExceptionally(new IllegalStateException("The loader was closed."));
    }

    private void run() {
        try (var consumer = new RenewedConsumer(this::newConsumer, state.positions)) {
            new LoaderLoop(consumer, inspector, topics, expectedPartitions, state, freshness, written).run();
        } catch (RuntimeException | Error e) {
            if (!state.isClosed()) {
                state.isReady = false;
                state.problem = String.valueOf(e.getMessage());
                LOG.atError().setCause(e).log("The tables cannot be loaded: {}", e.getMessage());
                state.loaded.completeExceptionally(e);
                state.failed.complete(e);
            }
        }
    }

    private Consumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(
                connection.clientProperties("tables", ConsumerSettings.TABLES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void tick() {
        try {
            freshness.tick();
            written.expire();
            watch.look();
        } catch (RuntimeException | Error e) {
            // Whatever comes out of here would end the timer in silence.
            LOG.atWarn().setCause(e).log("Kafka could not be asked, and is asked again");
        }
    }

    private void onLongAbsence() {
        topics.stream()
                .filter(FollowedTopic::isKept)
                .forEach(topic -> state.resets.put(topic.name(), "tombstones may have been missed"));
    }

    private List<String> keptTables() {
        return topics.stream()
                .filter(topic -> topic.mode() == FollowedTopic.Mode.TABLE)
                .map(FollowedTopic::name)
                .toList();
    }
}
