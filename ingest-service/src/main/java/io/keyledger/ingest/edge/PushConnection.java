package io.keyledger.ingest.edge;

import io.keyledger.ingest.protocol.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection of a sender: its requests one after the other (RFC 9112, section 9.3.2), each answered before the next
 * is looked at. Where a body was not read to its end the connection closes lingering: the answer goes out whole, what
 * still comes is read for a while, and the sender sees the answer instead of a reset.
 */
final class PushConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(PushConnection.class);

    private final Endpoints endpoints;
    private final PushProperties limits;
    private final long headWithinNanos;
    private final @Nullable String address;

    private final RequestDecoder requests = new RequestDecoder(this);

    private @Nullable Exchange current;

    /** While what arrived at once is taken, answers are written, and flushed together in the end. */
    private boolean taking;

    private boolean ending;

    private @Nullable Future<?> headTimeout;

    /** When the connection, or the answer before, was done; by {@link System#nanoTime}. */
    private long awaitedSince = System.nanoTime();

    /**
     * Takes it over.
     *
     * @param headWithin how long there may be no whole head of a request: each of its bytes may come late, all may not
     * @param remote the sender's address; null: unknown
     */
    PushConnection(
            Endpoints endpoints, PushProperties limits, Duration headWithin, @Nullable InetSocketAddress remote) {
        this.endpoints = endpoints;
        this.limits = limits;
        this.headWithinNanos = headWithin.toNanos();
        this.address = remote == null || remote.getAddress() == null
                ? null
                : remote.getAddress().getHostAddress();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addBefore(context.name(), null, requests);
        awaitHead(context);
    }

    /** One timer for the life of the connection: to begin one with each request would cost more than the request. */
    private void awaitHead(ChannelHandlerContext context) {
        var left = current != null ? headWithinNanos : headWithinNanos - (System.nanoTime() - awaitedSince);
        if (left <= 0) {
            var _ = context.close();
        } else if (context.channel().isOpen()) {
            headTimeout = context.executor().schedule(() -> awaitHead(context), left, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part) {
            taking = true;
            take(context, part);
            read(context);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        taken(context);
    }

    /** Whether what comes next belongs to the request that is being read; what follows waits until that is answered. */
    boolean takesMore(Channel channel) {
        return (current == null || !current.body().hasEnded()) && goesOn(channel);
    }

    /** Whether what comes has somewhere to go, and the sender reads its answers. */
    private boolean goesOn(Channel channel) {
        return (current == null || current.body().takesMore()) && channel.isWritable();
    }

    private void take(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpRequest head) {
            current = new Exchange(this, context, head, limits);
        }
        var exchange = current;
        if (exchange == null) {
            ReferenceCountUtil.release(part);
        } else if (part instanceof HttpContent content) {
            exchange.onContent(content);
            exchange.begin(endpoints, address);
        }
    }

    private void taken(ChannelHandlerContext context) {
        if (current != null) {
            current.begin(endpoints, address);
        }
        taking = false;
        context.flush();
        read(context);
    }

    private void read(ChannelHandlerContext context) {
        var goOn = !requests.isHolding() && goesOn(context.channel());
        var config = context.channel().config();
        if (config.isAutoRead() != goOn) {
            config.setAutoRead(goOn);
        }
    }

    /** The body is asked for, and something of it is missing. */
    void onBodyWanted(ChannelHandlerContext context, HttpRequest head) {
        if (HttpUtil.is100ContinueExpected(head)) {
            var _ = context.writeAndFlush(Responses.goOn());
        }
        goOn(context);
    }

    /** Writes the answer, and looks at the next request or closes. */
    void answer(ChannelHandlerContext context, Exchange exchange, Answer answer) {
        var body = exchange.body();
        if (body.hasEnded()) {
            body.takeEarly();
        }
        if (!context.channel().isActive()) {
            // The sender has gone away: what was begun was ended.
            return;
        }
        var goesOn = exchange.canBeFollowed() && !ending;
        var response = Responses.of(answer, exchange.head(), goesOn, context.alloc());
        if (goesOn) {
            var _ = context.write(response, context.voidPromise());
            current = null;
            awaitedSince = System.nanoTime();
            goOn(context);
        } else if (body.hasEnded()) {
            closeAfter(context, response);
        } else {
            var _ = context.writeAndFlush(response);
            var _ = body.linger(limits.lingerTime()).thenRun(() -> {
                var _ = context.close();
            });
            goOn(context);
        }
    }

    /** Looks at what was sent on meanwhile. */
    private void goOn(ChannelHandlerContext context) {
        if (!taking) {
            taking = true;
            requests.goOn();
            taken(context);
        }
    }

    /** Closes when it is written, or when the sender has not read it for as long as one lingers. */
    private void closeAfter(ChannelHandlerContext context, ByteBuf last) {
        Runnable close = () -> {
            var _ = context.close();
        };
        var timeout = context.executor().schedule(close, limits.lingerTime().toNanos(), TimeUnit.NANOSECONDS);
        var _ = context.writeAndFlush(last).addListener(_ -> {
            timeout.cancel(false);
            close.run();
        });
    }

    /** Later, for it is told within a flush. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.executor().execute(() -> goOn(context));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == Connections.Signal.END) {
            ending = true;
            if (current == null && !requests.isHolding()) {
                closeAfter(context, Unpooled.EMPTY_BUFFER);
            }
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.body().onBroken();
        }
        if (headTimeout != null) {
            headTimeout.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What a sender, or the network, can cause is no news; anything else is a fault of ours.
        var level = cause instanceof IOException || cause instanceof DecoderException ? Level.DEBUG : Level.ERROR;
        LOG.atLevel(level).setCause(cause).log("A connection of a sender broke");
        var _ = context.close();
    }
}
