package io.keyledger.bench;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.event.Topics;
import io.keyledger.ingest.usage.CollectorProperties;
import io.keyledger.ingest.usage.CollectorReporter;
import io.keyledger.ingest.usage.CollectorReports;
import io.keyledger.ingest.usage.DenialBook;
import io.keyledger.ingest.usage.UsageBook;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Collectors to which nobody pushes: the tables and the reporters of real ones. Those of one object share tables, a
 * consumer and a producer; each tells of itself.
 */
final class SimulatedCollectors {

    private static final StalenessRule RULE = new StalenessRule(Duration.ofMinutes(5), false);

    private final LedgerTablesLoader loader;
    private volatile List<CollectorReporter> reporters = List.of();

    /** Begins to load and to tell. */
    SimulatedCollectors(String bootstrapServers, List<String> ids) {
        var catalog = new SchemaCatalog();
        var codec = new LedgerCodec(catalog);
        var producer = producer(bootstrapServers);
        loader = new LoaderBuilder(new LedgerConnection(bootstrapServers, ids.getFirst()), CodecReaders.rows(codec))
                .keep(Topics.TABLES)
                .learnSchemas(catalog)
                .onApplied(this::onChange)
                .start();
        reporters = ids.stream().map(id -> reporter(id, codec, producer)).toList();
        reporters.forEach(CollectorReporter::start);
        var _ = loader.whenLoaded().thenRun(this::onChange);
    }

    /** Whether all of them are loaded and were heard. */
    boolean areServing() {
        return loader.isReady() && reporters.stream().allMatch(CollectorReporter::isAnnounced);
    }

    private void onChange() {
        reporters.forEach(CollectorReporter::onChange);
    }

    private CollectorReporter reporter(String id, LedgerCodec codec, Producer<byte[], byte[]> producer) {
        var properties = new CollectorProperties(id, "bench", null, Duration.ofSeconds(5), Duration.ofMillis(20), 1, 1);
        var reports = new CollectorReports(
                properties, "simulated", RULE, loader, new UsageBook(1), new DenialBook(1), InstantSource.system());
        return new CollectorReporter(codec, producer, reports, properties);
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
