package io.keyledger.ingest.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/** The connections of senders. One too many is closed at once, which every sender retries. */
final class Connections {

    /** Tells a connection to end with the answer that it owes, or now. */
    enum Signal {
        END
    }

    private final int limit;
    private final ChannelGroup open = new DefaultChannelGroup("senders", GlobalEventExecutor.INSTANCE);
    private final Counter refused;
    private volatile boolean ending;

    Connections(int limit, MeterRegistry registry) {
        this.limit = limit;
        Gauge.builder("keyledger.push.connections", open, ChannelGroup::size)
                .description("Connections of senders")
                .register(registry);
        this.refused = Counter.builder("keyledger.push.connections.refused")
                .description("Connections that were one too many")
                .register(registry);
    }

    /** Lets connections in (again). */
    void begin() {
        ending = false;
    }

    /** Whether there is room for it; if not, it is closed. */
    boolean take(Channel connection) {
        if (open.size() >= limit) {
            refused.increment();
            var _ = connection.close();
            return false;
        }
        open.add(connection);
        if (ending) {
            var _ = connection.close();
        }
        return true;
    }

    /** Lets each answer what it owes; completes when all are closed. */
    ChannelGroupFuture end() {
        ending = true;
        open.forEach(connection -> connection.pipeline().fireUserEventTriggered(Signal.END));
        return open.newCloseFuture();
    }
}
