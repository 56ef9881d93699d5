package io.keyledger.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Collector tells of itself and of its work (DESIGN.md, section 7). Totals since its start: a repeat changes nothing. */
public sealed interface CollectorReport {

    /** The Collector that says so. */
    String collectorId();

    /** When it said so, by its own clock. */
    Instant reportedAt();

    /**
     * Where a Collector stands: on change and every few seconds.
     *
     * @param region where it runs, as its operator named it
     * @param address where agents reach it, the base of its URLs
     * @param staleness the age of its last proof of freshness; null: none since its start
     * @param maxStaleness for how long it goes on after the older of its last proof and its last acknowledged status
     * @param failOpen whether it goes on even past that
     * @param applied how far each table was applied
     */
    record CollectorStatus(
            String collectorId,
            String version,
            @Nullable String region,
            @Nullable String address,
            Instant startedAt,
            Instant reportedAt,
            State state,
            Health health,
            @Nullable Duration staleness,
            Duration maxStaleness,
            boolean failOpen,
            List<Applied> applied)
            implements CollectorReport {
        public CollectorStatus {
            applied = List.copyOf(applied);
        }

        /** How many rows of all tables it cannot read. */
        public long unreadyRows() {
            return applied.stream().mapToLong(Applied::unreadyRows).sum();
        }
    }

    /** Where a Collector stands between its start and its end. */
    enum State {
        /** One that this version does not know. */
        UNKNOWN,
        /** Its tables are not complete yet. */
        STARTING,
        SERVING,
        /** It serves no more. */
        GOODBYE
    }

    /** How a Collector sees itself. */
    enum Health {
        /** One that this version does not know. */
        UNKNOWN,
        HEALTHY,
        /** It has rows that it cannot read. */
        LAGGARD,
        /** It is cut off from Kafka for longer than it may. */
        STALE
    }

    /**
     * How far one table was applied.
     *
     * @param table the topic
     * @param unreadyRows how many of its rows cannot be read
     * @param revisions the highest one applied whole in each partition, from partition 0 on; 0: none
     */
    record Applied(String table, long unreadyRows, List<Long> revisions) {
        public Applied {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * Who used one secret of a key.
     *
     * @param hash tells the old secret from the new one in a rotation
     * @param hosts the totals that changed since the last report; each host once
     */
    record KeyUsage(
            String collectorId,
            Instant collectorStartedAt,
            Instant reportedAt,
            OrganizationId organizationId,
            KeyId keyId,
            SecretHash hash,
            List<HostUsage> hosts)
            implements CollectorReport {
        public KeyUsage {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * How one host used a secret.
     *
     * @param host null: lines without a host
     * @param address the network address of the last push
     * @param items lines, points or records
     * @param bytes decompressed
     */
    record HostUsage(
            @Nullable HostName host,
            @Nullable String address,
            Instant firstUsedAt,
            Instant lastUsedAt,
            long pushes,
            long items,
            long bytes) {}

    /**
     * Whom a Collector refused.
     *
     * @param organizationId null: unknown
     * @param denials the totals that changed since the last report
     */
    record AccessDenials(
            String collectorId,
            Instant collectorStartedAt,
            Instant reportedAt,
            @Nullable OrganizationId organizationId,
            List<Denial> denials)
            implements CollectorReport {
        public AccessDenials {
            denials = List.copyOf(denials);
        }
    }

    /**
     * Refused pushes of one kind.
     *
     * @param reason the stable code of the refusal, such as {@code unknown_key}
     * @param keyId the key, if there is one of that secret
     * @param hashHint the first 8 hexadecimal digits of the SHA-256 of an unknown secret
     * @param address the network address of the sender
     */
    record Denial(
            String reason,
            @Nullable KeyId keyId,
            @Nullable String hashHint,
            @Nullable String address,
            @Nullable HostName host,
            long count,
            Instant firstAt,
            Instant lastAt) {}
}
