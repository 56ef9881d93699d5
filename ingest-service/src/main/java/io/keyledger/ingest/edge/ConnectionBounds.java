package io.keyledger.ingest.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * How many connections there may be, and how long one may take for a request's head. One too many is closed at once,
 * which every sender retries.
 */
final class ConnectionBounds {

    private final int limit;
    private final Duration headTimeout;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;

    ConnectionBounds(int limit, Duration headTimeout, MeterRegistry registry) {
        this.limit = limit;
        this.headTimeout = headTimeout;
        Gauge.builder("keyledger.push.connections", open, AtomicInteger::get)
                .description("Connections of senders")
                .register(registry);
        this.refused = Counter.builder("keyledger.push.connections.refused")
                .description("Connections that were one too many")
                .register(registry);
    }

    HttpServer bound(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> onConnection(channel));
    }

    private void onConnection(Channel channel) {
        var _ = channel.closeFuture().addListener(_ -> open.decrementAndGet());
        if (open.incrementAndGet() > limit) {
            refused.increment();
            var _ = channel.close();
        } else if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
            // HTTP/2 has no such handler: idle-timeout bounds its connections.
            channel.pipeline().addAfter(NettyPipeline.HttpCodec, "keyledger.awaitedHead", new AwaitedHead(headTimeout));
        }
    }
}
