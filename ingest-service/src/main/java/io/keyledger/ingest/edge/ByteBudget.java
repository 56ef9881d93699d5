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
    private final Map<OrganizationId, AtomicLong> usedBy = new ConcurrentHashMap<>();

    ByteBudget(long limit, long organizationLimit) {
        this.limit = limit;
        this.organizationLimit = organizationLimit;
    }

    long used() {
        return used.get();
    }

    /** The share of one push, which holds nothing yet. What its organization holds is counted for ever: there are few. */
    Share share(OrganizationId organization) {
        return new Share(usedBy.computeIfAbsent(organization, _ -> new AtomicLong()));
    }

    private boolean take(AtomicLong usedByIts, long bytes) {
        var all = used.addAndGet(bytes);
        var its = usedByIts.addAndGet(bytes);
        if (all <= limit && its <= organizationLimit) {
            return true;
        }
        give(usedByIts, bytes);
        return false;
    }

    private void give(AtomicLong usedByIts, long bytes) {
        used.addAndGet(-bytes);
        usedByIts.addAndGet(-bytes);
    }

    /**
     * What one push holds. Given back when it is answered; a chunk of its body that arrives later finds nothing to take.
     */
    final class Share implements Room, AutoCloseable {
        private final AtomicLong usedByIts;
        private long held;
        private boolean outgrown;
        private boolean closed;

        private Share(AtomicLong usedByIts) {
            this.usedByIts = usedByIts;
        }

        @Override
        public synchronized boolean take(long bytes) {
            outgrown |= held + bytes > organizationLimit;
            if (outgrown || closed || !ByteBudget.this.take(usedByIts, bytes)) {
                return false;
            }
            held += bytes;
            return true;
        }

        /** Gives some of it back. */
        synchronized void give(long bytes) {
            if (!closed) {
                held -= bytes;
                ByteBudget.this.give(usedByIts, bytes);
            }
        }

        /** Whether the push alone wanted more than its organization may hold, so that it would never pass. */
        synchronized boolean outgrown() {
            return outgrown;
        }

        @Override
        public synchronized void close() {
            ByteBudget.this.give(usedByIts, held);
            held = 0;
            closed = true;
        }
    }
}
