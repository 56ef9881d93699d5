package io.keyledger.codec;

import static io.keyledger.codec.Values.fromAvro;
import static io.keyledger.codec.Values.same;
import static io.keyledger.codec.Values.toAvro;

import io.keyledger.avro.AccessDenials;
import io.keyledger.avro.AppliedTable;
import io.keyledger.avro.CollectorHealth;
import io.keyledger.avro.CollectorState;
import io.keyledger.avro.CollectorStatus;
import io.keyledger.avro.Denial;
import io.keyledger.avro.HostUsage;
import io.keyledger.avro.KeyUsage;
import io.keyledger.event.CollectorReport;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import java.time.Duration;

/** What Collectors tell of themselves, to and from its generated types. */
final class ReportMapper {

    /** No proof of freshness since the start. */
    private static final long NEVER = -1;

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private ReportMapper() {}

    static CollectorStatus write(CollectorReport.CollectorStatus status) {
        var staleness = status.staleness();
        return new CollectorStatus(
                status.collectorId(),
                status.version(),
                status.region(),
                status.address(),
                status.startedAt(),
                status.reportedAt(),
                same(CollectorState.class, status.state()),
                same(CollectorHealth.class, status.health()),
                // Whoever has no proof may also say so by an endless duration, which has no milliseconds.
                staleness == null || staleness.compareTo(LONGEST) > 0 ? NEVER : staleness.toMillis(),
                status.maxStaleness().toMillis(),
                status.failOpen(),
                status.applied().stream()
                        .map(a -> new AppliedTable(a.table(), a.unreadyRows(), a.revisions()))
                        .toList());
    }

    static CollectorReport.CollectorStatus read(CollectorStatus status) {
        return new CollectorReport.CollectorStatus(
                status.getCollectorId(),
                status.getVersion(),
                status.getRegion(),
                status.getAddress(),
                status.getStartedAt(),
                status.getReportedAt(),
                same(CollectorReport.State.class, status.getState()),
                same(CollectorReport.Health.class, status.getHealth()),
                status.getStalenessMs() < 0 ? null : Duration.ofMillis(status.getStalenessMs()),
                Duration.ofMillis(status.getMaxStalenessMs()),
                status.getFailOpen(),
                status.getApplied().stream()
                        .map(a -> new CollectorReport.Applied(a.getTable(), a.getUnreadyRows(), a.getRevisions()))
                        .toList());
    }

    static KeyUsage write(CollectorReport.KeyUsage usage) {
        return new KeyUsage(
                usage.collectorId(),
                usage.collectorStartedAt(),
                usage.reportedAt(),
                usage.organizationId().value(),
                usage.keyId().value(),
                toAvro(usage.hash()),
                usage.hosts().stream().map(ReportMapper::write).toList());
    }

    static CollectorReport.KeyUsage read(KeyUsage usage) {
        return new CollectorReport.KeyUsage(
                usage.getCollectorId(),
                usage.getCollectorStartedAt(),
                usage.getReportedAt(),
                new OrganizationId(usage.getOrganizationId()),
                new KeyId(usage.getKeyId()),
                fromAvro(usage.getHash()),
                usage.getHosts().stream().map(ReportMapper::read).toList());
    }

    static AccessDenials write(CollectorReport.AccessDenials denials) {
        var organization = denials.organizationId();
        return new AccessDenials(
                denials.collectorId(),
                denials.collectorStartedAt(),
                denials.reportedAt(),
                organization == null ? null : organization.value(),
                denials.denials().stream().map(ReportMapper::write).toList());
    }

    static CollectorReport.AccessDenials read(AccessDenials denials) {
        var organization = denials.getOrganizationId();
        return new CollectorReport.AccessDenials(
                denials.getCollectorId(),
                denials.getCollectorStartedAt(),
                denials.getReportedAt(),
                organization == null ? null : new OrganizationId(organization),
                denials.getDenials().stream().map(ReportMapper::read).toList());
    }

    private static HostUsage write(CollectorReport.HostUsage usage) {
        return new HostUsage(
                Values.text(usage.host()),
                usage.address(),
                usage.firstUsedAt(),
                usage.lastUsedAt(),
                usage.pushes(),
                usage.items(),
                usage.bytes());
    }

    private static CollectorReport.HostUsage read(HostUsage usage) {
        return new CollectorReport.HostUsage(
                Values.host(usage.getHost()),
                usage.getAddress(),
                usage.getFirstUsedAt(),
                usage.getLastUsedAt(),
                usage.getPushes(),
                usage.getItems(),
                usage.getBytes());
    }

    private static Denial write(CollectorReport.Denial denial) {
        return new Denial(
                denial.reason(),
                Values.uuid(denial.keyId()),
                denial.hashHint(),
                denial.address(),
                Values.text(denial.host()),
                denial.count(),
                denial.firstAt(),
                denial.lastAt());
    }

    private static CollectorReport.Denial read(Denial denial) {
        return new CollectorReport.Denial(
                denial.getReason(),
                Values.keyId(denial.getKeyId()),
                denial.getHashHint(),
                denial.getAddress(),
                Values.host(denial.getHost()),
                denial.getCount(),
                denial.getFirstAt(),
                denial.getLastAt());
    }
}
