package io.keyledger.ingest.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which no whole request head has arrived in time. Netty's own idle time-out begins anew with
 * each byte, so that a head which trickles in would hold the connection for ever.
 */
final class AwaitedHead extends ChannelDuplexHandler {

    private final long withinNanos;

    /** Requests that have begun and whose answer has not ended. */
    private int unanswered;

    private long awaitedSince;

    /** @param within from the connection's beginning, or the end of the answer before */
    AwaitedHead(Duration within) {
        this.withinNanos = within.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        awaitedSince = System.nanoTime();
        check(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            unanswered++;
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            awaitedSince = System.nanoTime();
        }
        super.write(context, message, promise);
    }

    /** "Continue" is a whole message, but not yet the answer. */
    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** One timer for the life of the connection: to begin one with each request would cost more than the request. */
    private void check(ChannelHandlerContext context) {
        var left = unanswered > 0 ? withinNanos : withinNanos - (System.nanoTime() - awaitedSince);
        if (left <= 0) {
            var _ = context.close();
        } else if (context.channel().isOpen()) {
            var _ = context.executor().schedule(() -> check(context), left, TimeUnit.NANOSECONDS);
        }
    }
}
