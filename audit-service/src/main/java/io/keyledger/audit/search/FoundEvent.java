package io.keyledger.audit.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the record, as it is answered.
 *
 * @param eventId null, as all that is read from the bytes: they cannot be read
 * @param partition of the ledger
 * @param revision in that partition
 * @param payload JSON; null for a type that was not known when it was recorded
 * @param bodyHash SHA-256 of its bytes, in hexadecimal
 * @param leaf in hexadecimal
 * @param chain in hexadecimal
 * @param verified whether it, and all before it in its partition, held on arrival
 */
public record FoundEvent(
        @Nullable UUID eventId,
        @Nullable Long organizationRevision,
        int partition,
        long revision,
        @Nullable Instant occurredAt,
        Instant recordedAt,
        String type,
        @Nullable UUID commandId,
        @Nullable String actorKind,
        @Nullable UUID actorUser,
        @Nullable UUID actorKey,
        @Nullable UUID keyId,
        @Nullable UUID systemId,
        @Nullable UUID userId,
        List<String> hosts,
        @Nullable String payload,
        String bodyHash,
        String leaf,
        String chain,
        boolean verified) {

    /** Stands for the type of an event that could not be read. */
    public static final String UNREADABLE = "Unreadable";

    public FoundEvent {
        hosts = List.copyOf(hosts);
    }

    /** Where it stands in a list. */
    Cursor place() {
        return new Cursor(revision, partition);
    }
}
