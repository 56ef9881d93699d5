package io.keyledger.ingest.usage;

import io.keyledger.event.CollectorReport.HostUsage;
import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.table.Row.KeyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much each key was used by each host since the start. Bounded: hosts beyond the bound are counted together, as
 * lines without a host.
 */
public final class UsageBook {

    /** One secret of a key. */
    public record Secret(OrganizationId organization, KeyId key, SecretHash hash) {}

    /** Comparable so that hosts whose hashes collide, which senders can choose, are found as fast as others. */
    private record Entry(Secret secret, @Nullable HostName host) implements Comparable<Entry> {
        private static final Comparator<Entry> BY_HOST =
                Comparator.comparing(Entry::host, Comparator.nullsFirst(Comparator.naturalOrder()));

        @Override
        public int compareTo(Entry other) {
            return BY_HOST.compare(this, other);
        }
    }

    private final int limit;
    private final Map<Entry, Totals> totals = new ConcurrentHashMap<>();

    /** @param limit how many pairs of key and host are told apart */
    public UsageBook(int limit) {
        this.limit = limit;
    }

    /**
     * Counts a push for one of its hosts.
     *
     * @param lines of this host
     * @param bytes its share of the push
     */
    public void add(KeyRow key, @Nullable HostName host, long lines, long bytes, @Nullable String address, Instant at) {
        var secret = new Secret(key.organizationId(), key.keyId(), key.hash());
        var entry = new Entry(secret, host);
        var known = totals.get(entry);
        if (known == null) {
            var counted = totals.size() < limit ? entry : new Entry(secret, null);
            known = totals.computeIfAbsent(counted, _ -> new Totals(at));
        }
        known.add(lines, bytes, address, at);
    }

    /** What changed since the last call, by secret; the totals are since the start. */
    public Map<Secret, List<HostUsage>> takeChanged() {
        var changed = new HashMap<Secret, List<HostUsage>>();
        totals.forEach((entry, total) -> {
            var usage = total.takeChanged(entry.host());
            if (usage != null) {
                changed.computeIfAbsent(entry.secret(), _ -> new ArrayList<>()).add(usage);
            }
        });
        return changed;
    }

    /** These were not told after all, so that they are told again. */
    public void giveBack(Secret secret, List<HostUsage> untold) {
        for (var usage : untold) {
            var total = totals.get(new Entry(secret, usage.host()));
            if (total != null) {
                total.touch();
            }
        }
    }

    private static final class Totals {
        private final Instant first;
        private Instant last;
        private @Nullable String address;
        private long pushes;
        private long lines;
        private long bytes;
        private boolean changed;

        Totals(Instant first) {
            this.first = first;
            this.last = first;
        }

        synchronized void add(long moreLines, long moreBytes, @Nullable String from, Instant at) {
            pushes++;
            lines += moreLines;
            bytes += moreBytes;
            address = from;
            last = at.isAfter(last) ? at : last;
            changed = true;
        }

        synchronized void touch() {
            changed = true;
        }

        synchronized @Nullable HostUsage takeChanged(@Nullable HostName host) {
            if (!changed) {
                return null;
            }
            changed = false;
            return new HostUsage(host, address, first, last, pushes, lines, bytes);
        }
    }
}
