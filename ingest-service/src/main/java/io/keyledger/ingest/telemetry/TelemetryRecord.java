package io.keyledger.ingest.telemetry;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of accepted telemetry.
 *
 * @param firstHost orders the telemetry of a host, together with the organization; null: no host
 * @param systems the Systems of the record's hosts, each once
 * @param value never copied, so never changed after it was handed over
 */
@SuppressWarnings("ArrayRecordComponent") // A payload is moved, never compared.
public record TelemetryRecord(
        OrganizationId organization,
        @Nullable HostName firstHost,
        List<SystemId> systems,
        KeyId key,
        Instant receivedAt,
        byte[] value) {
    public TelemetryRecord {
        systems = List.copyOf(systems);
    }
}
