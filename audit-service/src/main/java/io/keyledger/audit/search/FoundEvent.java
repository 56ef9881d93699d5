package io.keyledger.audit.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the record, as it is answered.
 *
 * @param partition of the ledger
 * @param revision in that partition
 * @param payload JSON; null for a type that was not known when it was recorded
 * @param leaf in hexadecimal
 * @param chain in hexadecimal
 * @param verified whether it, and all before it in its partition, held on arrival
 */
public record FoundEvent(
        UUID eventId,
        long organizationRevision,
        int partition,
        long revision,
        Instant occurredAt,
        Instant recordedAt,
        String type,
        UUID commandId,
        String actorKind,
        @Nullable UUID actorUser,
        @Nullable UUID actorKey,
        @Nullable UUID keyId,
        @Nullable UUID systemId,
        @Nullable UUID userId,
        List<String> hosts,
        @Nullable String payload,
        String leaf,
        String chain,
        boolean verified) {
    public FoundEvent {
        hosts = List.copyOf(hosts);
    }
}
