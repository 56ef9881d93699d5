package io.keyledger.ingest.usage;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.HostDecision;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.ScannedLines;
import io.keyledger.table.Row.KeyRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down in memory what became of each push; what is published is read from there. */
public final class PushRecorder {

    private static final int HINT_DIGITS = 8;

    private final PushMeters meters;
    private final UsageBook usage;
    private final DenialBook denials;

    public PushRecorder(PushMeters meters, UsageBook usage, DenialBook denials) {
        this.meters = meters;
        this.usage = usage;
        this.denials = denials;
    }

    /** The counters. */
    public PushMeters meters() {
        return meters;
    }

    /** A push was acknowledged, or its good part. */
    public void onAccepted(
            Verdict.Allowed allowed, ScannedLines lines, long bytes, @Nullable String address, Instant at) {
        var counts = lines.linesByHost();
        var accepted = 0;
        for (var host = 0; host < counts.length; host++) {
            var name = lines.hosts().get(host).orElse(null);
            var denial = allowed.hosts().get(host).denial();
            if (denial == null) {
                accepted += counts[host];
                usage.add(allowed.key(), name, counts[host], share(bytes, counts[host], lines.lines()), address, at);
            } else {
                denials.add(
                        new DenialBook.Refused(
                                allowed.key().organizationId(),
                                denial,
                                allowed.key().keyId(),
                                null,
                                address,
                                name),
                        at);
            }
        }
        if (allowed.partly()) {
            meters.onPartlyDenied();
        }
        meters.onAccepted(accepted, accepted == lines.lines() && lines.malformed() == 0);
    }

    private static long share(long bytes, int lines, int all) {
        return all == 0 ? 0 : bytes * lines / all;
    }

    /** The hosts of a push, whatever is decided about them. */
    public void onHosts(List<HostDecision> hosts) {
        var unlinked = 0;
        for (var host : hosts) {
            unlinked += host.unlinked() ? 1 : 0;
        }
        meters.onUnlinked(unlinked);
    }

    /**
     * A push was refused.
     *
     * @param secret as it was presented; it is kept nowhere
     * @param hosts of the payload, if it was looked at
     */
    public void onDenied(
            Verdict.Denied denied,
            @Nullable String secret,
            List<Optional<HostName>> hosts,
            @Nullable String address,
            Instant at) {
        var key = denied.key();
        if (OrganizationId.PROBER.equals(organization(key))) {
            meters.onCanary();
            return;
        }
        meters.onDenied(denied.denial());
        var host = hosts.size() == 1 ? hosts.getFirst().orElse(null) : null;
        denials.add(
                new DenialBook.Refused(
                        organization(key),
                        denied.denial(),
                        key == null ? null : key.keyId(),
                        key == null && secret != null && denied.denial() != Denial.MISSING_KEY ? hint(secret) : null,
                        address,
                        host),
                at);
    }

    private static @Nullable OrganizationId organization(@Nullable KeyRow key) {
        return key == null ? null : key.organizationId();
    }

    private static String hint(String secret) {
        return SecretHash.ofSecret(secret).toString().substring(0, HINT_DIGITS);
    }
}
