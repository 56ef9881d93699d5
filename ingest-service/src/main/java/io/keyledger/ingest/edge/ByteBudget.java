package io.keyledger.ingest.edge;

import io.keyledger.event.OrganizationId;
import io.keyledger.ingest.protocol.Room;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory pushes may hold at once, all together and those of one organization: it stays bounded whatever is
 * sent, and no organization can take all of it.
 */
final class ByteBudget {

    private final long limit;
    private final long organizationLimit;
    private final AtomicLong used = new AtomicLong();
    private final Map<OrganizationId, Long> usedBy = new ConcurrentHashMap<>();

    ByteBudget(long limit, long organizationLimit) {
        this.limit = limit;
        this.organizationLimit = organizationLimit;
    }

    long used() {
        return used.get();
    }

    /** The share of one push, which holds nothing yet. */
    Share share(OrganizationId organization) {
        return new Share(organization);
    }

    private boolean take(OrganizationId organization, long bytes) {
        var all = used.addAndGet(bytes);
        var its = usedBy.merge(organization, bytes, Long::sum);
        if (all <= limit && its <= organizationLimit) {
            return true;
        }
        give(organization, bytes);
        return false;
    }

    private void give(OrganizationId organization, long bytes) {
        used.addAndGet(-bytes);
        usedBy.computeIfPresent(organization, (_, its) -> its == bytes ? null : its - bytes);
    }

    /**
     * What one push holds. Given back when it is answered; a chunk of its body that arrives later finds nothing to take.
     */
    final class Share implements Room, AutoCloseable {
        private final OrganizationId organization;
        private long held;
        private boolean outgrown;
        private boolean closed;

        private Share(OrganizationId organization) {
            this.organization = organization;
        }

        @Override
        public synchronized boolean take(long bytes) {
            outgrown |= held + bytes > organizationLimit;
            if (outgrown || closed || !ByteBudget.this.take(organization, bytes)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /** Gives some of it back. */
        synchronized void give(long bytes) {
            if (!closed) {
                held -= bytes;
                ByteBudget.this.give(organization, bytes);
            }
        }

        /** Whether the push alone wanted more than its organization may hold, so that it would never pass. */
        synchronized boolean outgrown() {
            return outgrown;
        }

        @Override
        public synchronized void close() {
            ByteBudget.this.give(organization, held);
            held = 0;
            closed = true;
        }
    }
}
