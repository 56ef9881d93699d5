package io.keyledger.ingest.usage;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.client.LedgerTablesLoader;
import io.keyledger.client.LoaderBuilder;
import io.keyledger.codec.Decoded;
import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.RecordType;
import io.keyledger.codec.SchemaCatalog;
import io.keyledger.codec.SchemaRecord;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.Topics;
import io.keyledger.table.StalenessRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Collector's reporter, with a producer that the test holds in its hands. */
public final class ReporterRig implements AutoCloseable {

    private static final LedgerCodec CODEC = codec();

    /** One that never loads. */
    public static final LedgerTablesLoader LOADER = new LoaderBuilder(
                    new LedgerConnection("127.0.0.1:1", "untold"), CodecReaders.rows(CODEC))
            .keep(Topics.TABLES)
            .start();

    static {
        // Where no broker answers it takes seconds, for which nobody has to wait.
        var _ = Thread.ofVirtual().start(LOADER::close);
    }

    public final MockProducer<byte[], byte[]> producer;
    public final CollectorReporter reporter;

    /** Sends by this producer. */
    ReporterRig(MockProducer<byte[], byte[]> producer, Duration every, Duration debounce) {
        this(producer, properties(every, debounce), StalenessRule.DEFAULT);
    }

    private ReporterRig(MockProducer<byte[], byte[]> producer, CollectorProperties properties, StalenessRule rule) {
        this.producer = producer;
        this.reporter = new CollectorReporter(CODEC, producer, reports(properties, rule), properties);
    }

    /** One that tells its status every few milliseconds, acknowledged by itself or by the test. */
    public static ReporterRig of(boolean acknowledges) {
        return of(acknowledges, StalenessRule.DEFAULT);
    }

    /** The same, which fences itself by this rule. */
    public static ReporterRig of(boolean acknowledges, StalenessRule rule) {
        return new ReporterRig(producer(acknowledges), properties(Duration.ofMillis(5), Duration.ofMillis(20)), rule);
    }

    static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static CollectorProperties properties(Duration every, Duration debounce) {
        return new CollectorProperties("collector-1", null, null, every, debounce, 1_000, 1_000);
    }

    static CollectorReports reports(CollectorProperties properties, StalenessRule rule) {
        return new CollectorReports(
                properties, "test", rule, LOADER, new UsageBook(1_000), new DenialBook(1_000), InstantSource.system());
    }

    /** What it has told, in the order of the log. */
    List<CollectorStatus> statuses() {
        return producer.history().stream()
                .map(sent -> CODEC.decode(RecordType.COLLECTOR_STATUS, sent.value(), sent.headers()))
                .flatMap(status ->
                        status instanceof Decoded.Value<CollectorStatus>(var value) ? Stream.of(value) : Stream.empty())
                .toList();
    }

    private static LedgerCodec codec() {
        var catalog = new SchemaCatalog();
        int id = 0;
        for (var type : RecordType.ALL) {
            catalog.learn(new SchemaRecord(type.fingerprint(), ++id, type.subject(), type.schema()));
        }
        return new LedgerCodec(catalog);
    }

    /** Its good-bye is acknowledged whatever it waits for. */
    @Override
    public void close() {
        var goodbye = Thread.ofVirtual().start(reporter::close);
        try {
            while (!goodbye.join(Duration.ofMillis(1))) {
                producer.completeNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
