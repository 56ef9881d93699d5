package io.keyledger.ingest.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;

/** The agents' port. It opens last and closes first; what was begun by then is answered. */
public final class PushServer implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PushServer.class);

    private final ListenProperties properties;
    private final Connections connections;
    private final ChannelHandler connection;
    private final EventLoopGroup loops;
    private volatile @Nullable Channel listening;

    /** @param connection prepares each connection */
    PushServer(ListenProperties properties, Connections connections, ChannelHandler connection) {
        this.properties = properties;
        this.connections = connections;
        this.connection = connection;
        this.loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("push"),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** @throws PortInUseException if another process listens there */
    @Override
    public void start() {
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Its caches by thread take a push less than the adaptive one's queues.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(connection);
        var address = properties.address() == null
                ? new InetSocketAddress(properties.port())
                : new InetSocketAddress(properties.address(), properties.port());
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.cause() != null) {
            throw failure(address, bound.cause());
        }
        connections.begin();
        listening = bound.channel();
        LOG.atInfo().addKeyValue("port", port()).log("Agents can push");
    }

    private RuntimeException failure(InetSocketAddress address, Throwable cause) {
        // The native transport has no exception of its own for it.
        return String.valueOf(cause.getMessage()).contains("Address already in use")
                ? new PortInUseException(properties.port(), cause)
                : new IllegalStateException("Expected to listen on " + address + ", but could not.", cause);
    }

    /** The port that it listens on. */
    public int port() {
        var channel = listening;
        if (channel == null) {
            throw new IllegalStateException("Expected a server that has started, but this one does not listen.");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }

    /** Takes no more connections, and waits until each push that was begun is answered. */
    @Override
    public void stop(Runnable callback) {
        var channel = listening;
        listening = null;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        var _ = connections.end().addListener(_ -> callback.run());
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Ends what is left. */
    @Override
    public void close() {
        stop();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
