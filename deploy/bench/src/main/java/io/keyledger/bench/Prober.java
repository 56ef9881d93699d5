package io.keyledger.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks one Collector every millisecond about the watched keys, four at a time, until it refuses them: an empty push for
 * each, all in one packet on one connection. An empty push is decided like any other and puts nothing on Kafka, so that the asking takes
 * as little as it can from what is measured.
 */
final class Prober implements AutoCloseable {

    private static final long PERIOD_NANOS = Duration.ofMillis(1).toNanos();

    /** The keys of one packet: with more, each is asked about more seldom, for the asking takes the machine's time. */
    private static final int KEYS_AT_ONCE = 4;

    /** A Collector closes a connection on which nobody asks for a minute. */
    private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();

    private final int port;
    private final List<Watch> watched = new CopyOnWriteArrayList<>();
    private final LongAdder asked = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private volatile HttpConnection connection;
    private long askedNanos = System.nanoTime();

    /** One key that is asked about. */
    static final class Watch {
        private final byte[] request;
        private final CompletableFuture<Long> refusedAt = new CompletableFuture<>();
        /** When the last push that was accepted was sent. */
        private volatile long lastAcceptedNanos = Long.MIN_VALUE;

        Watch(String secret) {
            request = HttpConnection.request("POST", "/api/v1/push", "X-API-Key: " + secret + "\r\n", new byte[0]);
        }

        /** When the first refusal arrived, by the nano clock. */
        CompletableFuture<Long> refusedAt() {
            return refusedAt;
        }

        long lastAcceptedNanos() {
            return lastAcceptedNanos;
        }
    }

    Prober(int port) throws IOException {
        this.port = port;
        connection = new HttpConnection(port);
        thread = Thread.ofPlatform().name("prober-" + port).daemon().start(this::run);
    }

    /** Asks about this secret from now on until it is refused. */
    Watch watch(String secret) {
        var watch = new Watch(secret);
        watched.add(watch);
        LockSupport.unpark(thread);
        return watch;
    }

    /** Asks about it no more. */
    void forget(Watch watch) {
        watched.remove(watch);
    }

    /** How many pushes it has sent. */
    long asked() {
        return asked.sum();
    }

    private void run() {
        try {
            while (!closed) {
                if (watched.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    ask(next());
                }
            }
        } catch (IOException | RuntimeException e) {
            watched.forEach(watch -> watch.refusedAt.completeExceptionally(e));
        }
    }

    /** In turn: who was asked about moves to the end. */
    private List<Watch> next() {
        var now = watched.stream().limit(KEYS_AT_ONCE).toList();
        if (watched.size() > KEYS_AT_ONCE) {
            now.stream().filter(watched::remove).forEach(watched::add);
        }
        return now;
    }

    private void ask(List<Watch> now) throws IOException {
        var packet = new ByteArrayOutputStream();
        now.forEach(watch -> packet.writeBytes(watch.request));
        refresh();
        long sent = System.nanoTime();
        connection.send(packet.toByteArray());
        for (var watch : now) {
            int status = connection.receive().status();
            switch (status) {
                case 204 -> watch.lastAcceptedNanos = sent;
                case 401, 403 -> {
                    watched.remove(watch);
                    watch.refusedAt.complete(System.nanoTime());
                }
                case 503 -> {
                    // Not now: asked again.
                }
                default -> throw new IOException("Expected 204, 401, 403 or 503 from a Collector, but got " + status);
            }
        }
        asked.add(now.size());
        askedNanos = sent;
        long left = sent + PERIOD_NANOS - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private void refresh() throws IOException {
        if (System.nanoTime() - askedNanos > FRESH_NANOS) {
            connection.close();
            connection = new HttpConnection(port);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(thread);
        connection.close();
    }
}
