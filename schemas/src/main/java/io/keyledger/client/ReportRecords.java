package io.keyledger.client;

import io.keyledger.codec.LedgerCodec;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.CollectorReport.CollectorStatus;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a Collector reports, as the records that it sends. Whoever plays a Collector sends the same. */
public final class ReportRecords {

    private ReportRecords() {}

    /** A Collector's status, in the place of the one before of the same process. */
    public static ProducerRecord<byte[], byte[]> of(LedgerCodec codec, CollectorStatus status) {
        return of(codec, RecordType.COLLECTOR_STATUS, key(status), status);
    }

    /** The id and the start: what a later process by the same id says takes nothing back of what this one may still do. */
    public static String key(CollectorStatus status) {
        return status.collectorId() + "/" + status.startedAt();
    }

    /**
     * A report by a key of its topic.
     *
     * @throws IllegalStateException if the registry's id of the schema is not known yet
     */
    public static <T extends CollectorReport> ProducerRecord<byte[], byte[]> of(
            LedgerCodec codec, RecordType<T> type, String key, T report) {
        var encoded = codec.encode(type, report);
        var record = new ProducerRecord<>(type.topic(), key.getBytes(StandardCharsets.UTF_8), encoded.value());
        LedgerHeaders.putFingerprint(record.headers(), encoded.fingerprint());
        return record;
    }
}
