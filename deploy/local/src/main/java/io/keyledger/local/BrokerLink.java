package io.keyledger.local;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A way to a broker, for trials, which can be cut or made slow. The broker has a listener of its own for it and names it by
 * the address here, so that no client finds a way around. A cut holds bytes back and loses none, as a network that drops
 * packets does for TCP. Either may be for some Kafka clients alone: a client is known by the id in the header of its first
 * request (Kafka protocol guide, "Request Headers").
 */
public final class BrokerLink implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    /** Of a request: its size, the API and its version, the number of the request, and how long the client's id is. */
    private static final int UNTIL_CLIENT_ID = 4 + 2 + 2 + 4 + 2;

    /** In pieces of 16 KiB at most: far more than fits between two brokers in the time that one is late. */
    private static final int MOST_UNDER_WAY = 4096;

    private final int brokerPort;
    private final ServerSocket server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private Predicate<String> isCut = _ -> false;
    private Predicate<String> isSlow = _ -> false;
    private Duration delay = Duration.ZERO;

    /** What was read at once, none at the end, and when it is to be written by the nano clock. */
    private record Piece(ByteBuffer bytes, long dueNanos) {}

    /** To a broker that is yet to be started, by {@link #listeners}. */
    public BrokerLink() {
        this(Ports.free());
    }

    /** @param brokerPort where the broker listens, or will */
    public BrokerLink(int brokerPort) {
        this.brokerPort = brokerPort;
        try {
            server = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The settings of a broker with a listener for each of these ways. */
    public static LocalBroker.Settings listeners(LocalBroker.Settings broker, List<BrokerLink> links) {
        var own = "PLAINTEXT://" + HOST + ":" + broker.port();
        var controller = Objects.equals(broker.overrides().get("process.roles"), "broker")
                ? ""
                : ",CONTROLLER://" + HOST + ":" + broker.controllerPort();
        return broker.with("listeners", own + controller + joined(links, link -> "://" + HOST + ":" + link.brokerPort))
                .with("advertised.listeners", own + joined(links, link -> "://" + link.bootstrapServers()))
                .with(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + joined(links, _ -> ":PLAINTEXT"))
                .with("inter.broker.listener.name", "PLAINTEXT");
    }

    /** Where clients that take this way connect. */
    public String bootstrapServers() {
        return HOST + ":" + server.getLocalPort();
    }

    /** Holds back what Kafka clients of these ids say and hear, and of no others, from now until {@link #mend()}. */
    public synchronized void cut(Predicate<String> clientIds) {
        isCut = clientIds;
        notifyAll();
    }

    /** Has Kafka clients of these ids hear everything so much later, from their next connection on. */
    synchronized void slow(Predicate<String> clientIds, Duration by) {
        isSlow = clientIds;
        delay = by;
    }

    /** Ends the cut. */
    public void mend() {
        cut(_ -> false);
    }

    @Override
    public void close() {
        mend();
        closeQuietly(server);
        open.forEach(BrokerLink::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // Closed; or the client has gone already, and comes again.
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        try (client;
                var broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            open.add(broker);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            var first = new byte[UNTIL_CLIENT_ID];
            var in = new DataInputStream(client.getInputStream());
            in.readFully(first);
            var id = new byte[Math.max(0, ByteBuffer.wrap(first).getShort(UNTIL_CLIENT_ID - 2))];
            in.readFully(id);
            var clientId = new String(id, StandardCharsets.UTF_8);
            awaitMended(clientId);
            broker.getOutputStream().write(first);
            broker.getOutputStream().write(id);
            var back = Thread.ofVirtual().start(() -> pump(clientId, broker, client, delayOf(clientId)));
            pump(clientId, client, broker, Duration.ZERO);
            back.join();
            open.remove(broker);
        } catch (IOException _) {
            // One side is away: the other learns it by the closed connection.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Each piece is late by itself: it does not wait for the lateness of the one before. */
    private void pump(String clientId, Socket from, Socket to, Duration wait) {
        var underWay = new LinkedBlockingQueue<Piece>(MOST_UNDER_WAY);
        var reader = Thread.ofVirtual().start(() -> read(from, wait, underWay));
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            for (var piece = underWay.take(); piece.bytes().hasRemaining(); piece = underWay.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
                awaitMended(clientId);
                out.write(piece.bytes().array());
            }
        } catch (IOException _) {
            // As above.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            reader.interrupt();
        }
    }

    private static void read(Socket from, Duration wait, BlockingQueue<Piece> underWay) {
        var buffer = new byte[16 * 1024];
        try {
            try {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    underWay.put(new Piece(
                            ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + wait.toNanos()));
                }
            } catch (IOException _) {
                // As above.
            }
            underWay.put(new Piece(ByteBuffer.allocate(0), System.nanoTime()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Duration delayOf(String clientId) {
        return isSlow.test(clientId) ? delay : Duration.ZERO;
    }

    private synchronized void awaitMended(String clientId) throws InterruptedException {
        while (isCut.test(clientId)) {
            wait();
        }
    }

    /** For each of the ways its listener's name and the rest, with a comma before it. */
    private static String joined(List<BrokerLink> links, Function<BrokerLink, String> rest) {
        return IntStream.range(0, links.size())
                .mapToObj(i -> ",LINK" + i + rest.apply(links.get(i)))
                .collect(Collectors.joining());
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
