package io.keyledger.ingest.edge;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of pushes may be held at once, so that memory stays bounded whatever is sent. */
final class ByteBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long limit) {
        this.limit = limit;
    }

    long used() {
        return used.get();
    }

    /** What one push holds; given back at once when it is answered. Used by one thread at a time. */
    final class Share implements AutoCloseable {
        private long held;

        /** Takes more; false if that is more than there is. */
        boolean take(long bytes) {
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
