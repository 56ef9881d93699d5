package io.keyledger.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** The same request again and again, on so many kept connections, one at a time on each. */
final class Load {

    private static final int CONNECTIONS = 16;

    private final int connections;
    private final int port;
    private final byte[] request;
    private final int expected;

    /** @param expected the status that every answer must have */
    Load(int port, byte[] request, int expected) {
        this(CONNECTIONS, port, request, expected);
    }

    /** With more connections, so that a server whose answers take their time is busy all the same. */
    Load(int connections, int port, byte[] request, int expected) {
        this.connections = connections;
        this.port = port;
        this.request = request;
        this.expected = expected;
    }

    private interface Sender {
        /** @param start when all are connected, in nanoseconds of {@link System#nanoTime} */
        long[] run(HttpConnection connection, int number, long start) throws IOException;
    }

    /** As fast as answers come; returns how many came in this time. */
    long closedLoop(Duration duration) throws InterruptedException {
        return onEach((connection, _, start) -> {
                    long end = start + duration.toNanos();
                    long count = 0;
                    while (System.nanoTime() < end) {
                        exchange(connection);
                        count++;
                    }
                    return new long[] {count};
                })
                .stream()
                .mapToLong(each -> each[0])
                .sum();
    }

    /** So many a second; the times count from when a request was due, so that one that waits for its turn is not forgotten. */
    Times paced(double perSecond, Duration duration) throws InterruptedException {
        double period = connections / perSecond * 1e9;
        int count = (int) (duration.toNanos() / period);
        var each = onEach((connection, number, start) -> {
            var times = new long[count];
            for (int i = 0; i < count; i++) {
                long due = start + (long) (period * (i + (double) number / connections));
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                exchange(connection);
                times[i] = System.nanoTime() - due;
            }
            return times;
        });
        return Times.of(each.stream().flatMapToLong(java.util.Arrays::stream).toArray());
    }

    private void exchange(HttpConnection connection) throws IOException {
        connection.send(request);
        int status = connection.receive().status();
        if (status != expected) {
            throw new IOException("Expected " + expected + " from port " + port + ", but got " + status);
        }
    }

    private List<long[]> onEach(Sender sender) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var open = new ArrayList<HttpConnection>();
            for (int i = 0; i < connections; i++) {
                open.add(new HttpConnection(port));
            }
            long start = System.nanoTime();
            var running = new ArrayList<Future<long[]>>();
            for (int i = 0; i < connections; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try (var connection = open.get(number)) {
                        return sender.run(connection, number, start);
                    }
                }));
            }
            var done = new ArrayList<long[]>();
            for (var one : running) {
                done.add(one.get());
            }
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected " + connections + " connections to port " + port + ".", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Expected each connection to end well.", e.getCause());
        }
    }
}
