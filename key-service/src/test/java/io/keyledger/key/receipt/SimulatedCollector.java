package io.keyledger.key.receipt;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.client.ReportRecords;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.CollectorReport.Applied;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.Health;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.event.Topics;
import io.keyledger.key.KeyServiceSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The tables of a Collector with its statuses, and nothing behind them: real consumers, a real producer. */
final class SimulatedCollector implements AutoCloseable {

    private final String id;
    private final Instant startedAt = Instant.now();
    private final LedgerCodec codec;
    private final KafkaProducer<byte[], byte[]> producer;
    private final LedgerTablesLoader loader;
    private volatile boolean isLoaded;
    private volatile boolean isSilent;

    SimulatedCollector(String id, String bootstrapServers) {
        var catalog = new SchemaCatalog();
        this.id = id;
        this.codec = new LedgerCodec(catalog);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.loader = new LoaderBuilder(new LedgerConnection(bootstrapServers, id), CodecReaders.rows(codec))
                .keep(Topics.TABLES)
                .learnSchemas(catalog)
                .onApplied(this::report)
                .start();
        loader.whenLoaded().toCompletableFuture().join();
        // As a Collector does, which is not ready before: one that has proved nothing yet lags.
        KeyServiceSuite.await("its first proof", () -> loader.freshness().isProved());
        isLoaded = true;
        report();
    }

    /** Says nothing from now on, whatever it applies. */
    void fallSilent() {
        isSilent = true;
    }

    void speak() {
        isSilent = false;
        report();
    }

    private void report() {
        // Of an unloaded one its first status tells.
        if (!isSilent && isLoaded) {
            var _ = producer.send(ReportRecords.of(codec, status(State.SERVING)));
        }
    }

    private CollectorStatus status(State state) {
        var applied = Topics.TABLES.stream()
                .map(table -> new Applied(table, loader.unreadableRows(table), loader.appliedRevisions(table)))
                .toList();
        return new CollectorStatus(
                id,
                "simulated",
                null,
                null,
                startedAt,
                Instant.now(),
                state,
                Health.HEALTHY,
                loader.freshness().staleness(),
                Duration.ofMinutes(5),
                false,
                applied);
    }

    /** Says good-bye. */
    @Override
    public void close() {
        isSilent = true;
        var _ = producer.send(ReportRecords.of(codec, status(State.GOODBYE)));
        producer.close();
        loader.close();
    }
}
