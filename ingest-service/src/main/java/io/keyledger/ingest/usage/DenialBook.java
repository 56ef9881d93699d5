package io.keyledger.ingest.usage;

import io.keyledger.event.CollectorReport;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.ingest.gate.Denial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who was refused since the start. Bounded: a flood of bad pushes from everywhere becomes one entry a reason and
 * organization.
 */
public final class DenialBook {

    /**
     * What is told apart.
     *
     * @param hashHint of an unknown secret: the first 8 hexadecimal digits of its hash
     */
    public record Refused(
            @Nullable OrganizationId organization,
            Denial denial,
            @Nullable KeyId key,
            @Nullable String hashHint,
            @Nullable String address,
            @Nullable HostName host)
            implements Comparable<Refused> {

        private static final Comparator<Refused> BY_HOST =
                Comparator.comparing(Refused::host, Comparator.nullsFirst(Comparator.naturalOrder()));

        /** By host: those whose hashes collide, which senders can choose, are found as fast as others. */
        @Override
        public int compareTo(Refused other) {
            return BY_HOST.compare(this, other);
        }

        private Refused coarse() {
            return new Refused(organization, denial, null, null, null, null);
        }
    }

    private final int limit;
    private final Map<Refused, Totals> totals = new ConcurrentHashMap<>();

    /** @param limit how many entries are told apart */
    public DenialBook(int limit) {
        this.limit = limit;
    }

    /** Counts one. */
    public void add(Refused refused, Instant at) {
        var known = totals.get(refused);
        if (known == null) {
            known = totals.computeIfAbsent(totals.size() < limit ? refused : refused.coarse(), _ -> new Totals(at));
        }
        known.add(at);
    }

    /** What changed since the last call, by organization; the totals are since the start. */
    public Map<Optional<OrganizationId>, List<Refused>> takeChanged() {
        var changed = new HashMap<Optional<OrganizationId>, List<Refused>>();
        totals.forEach((refused, total) -> {
            if (total.takeChanged()) {
                changed.computeIfAbsent(Optional.ofNullable(refused.organization()), _ -> new ArrayList<>())
                        .add(refused);
            }
        });
        return changed;
    }

    /** An entry as it is told. */
    public CollectorReport.Denial report(Refused refused) {
        return totals.getOrDefault(refused, new Totals(Instant.EPOCH)).report(refused);
    }

    /** These were not told after all, so that they are told again. */
    public void giveBack(List<Refused> untold) {
        for (var refused : untold) {
            var total = totals.get(refused);
            if (total != null) {
                total.touch();
            }
        }
    }

    private static final class Totals {
        private final Instant first;
        private Instant last;
        private long count;
        private boolean changed;

        Totals(Instant first) {
            this.first = first;
            this.last = first;
        }

        synchronized void add(Instant at) {
            count++;
            last = at.isAfter(last) ? at : last;
            changed = true;
        }

        synchronized void touch() {
            changed = true;
        }

        synchronized boolean takeChanged() {
            var was = changed;
            changed = false;
            return was;
        }

        synchronized CollectorReport.Denial report(Refused refused) {
            return new CollectorReport.Denial(
                    refused.denial().code(),
                    refused.key(),
                    refused.hashHint(),
                    refused.address(),
                    refused.host(),
                    count,
                    first,
                    last);
        }
    }
}
