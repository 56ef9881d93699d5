package io.keyledger.ingest.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prepares the connection of a sender: TLS, if it is wanted, HTTP/1.1, and what is asked. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

    private final Connections connections;
    private final @Nullable Supplier<SslContext> tls;
    private final ListenProperties listen;
    private final Endpoints endpoints;
    private final PushProperties limits;

    /** @param tls of a new connection; null: none */
    ConnectionInitializer(
            Connections connections,
            @Nullable Supplier<SslContext> tls,
            ListenProperties listen,
            Endpoints endpoints,
            PushProperties limits) {
        this.connections = connections;
        this.tls = tls;
        this.listen = listen;
        this.endpoints = endpoints;
        this.limits = limits;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!connections.take(channel)) {
            return;
        }
        var pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.get().newHandler(channel.alloc()));
        }
        var remote = channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
        pipeline.addLast(new PushConnection(endpoints, limits, listen.idleTimeout(), remote));
    }
}
