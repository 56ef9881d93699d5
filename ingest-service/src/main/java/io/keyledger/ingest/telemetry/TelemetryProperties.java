package io.keyledger.ingest.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How telemetry goes to Kafka.
 *
 * @param maxRecord the largest record; larger pushes are cut at lines
 * @param deliveryTimeout how long a push waits for its acknowledgement; below the agents' own time-out, which is 5 s for
 *     Telegraf, so that they get an answer
 * @param requestTimeout how long one request to a broker may take
 * @param linger how long records wait for company in a batch
 * @param compression of the producer's batches: none, lz4, zstd, snappy or gzip
 * @param maxUnsent how much the producer holds; at least what may be in flight, for then it never blocks
 */
@ConfigurationProperties("keyledger.telemetry")
public record TelemetryProperties(
        @DefaultValue("512KB") DataSize maxRecord,
        @DefaultValue("4s") Duration deliveryTimeout,
        @DefaultValue("2s") Duration requestTimeout,
        @DefaultValue("1ms") Duration linger,
        @DefaultValue("lz4") String compression,
        @DefaultValue("64MB") DataSize maxUnsent) {

    /** @throws IllegalArgumentException if the time-outs or sizes contradict each other */
    public TelemetryProperties {
        if (maxRecord.toBytes() < 1024 || maxRecord.toBytes() > 512 * 1024) {
            throw new IllegalArgumentException(
                    "Expected keyledger.telemetry.max-record from 1 KB to 512 KB, but got " + maxRecord + ".");
        }
        if (deliveryTimeout.compareTo(requestTimeout.plus(linger)) < 0) {
            throw new IllegalArgumentException(
                    "Expected keyledger.telemetry.delivery-timeout of at least request-timeout"
                            + " plus linger, but got " + deliveryTimeout + ".");
        }
    }
}
