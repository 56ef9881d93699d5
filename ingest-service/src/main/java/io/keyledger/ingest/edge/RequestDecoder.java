package io.keyledger.ingest.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what was sent as far as the connection takes it. The rest stays the bytes that came with one read, and
 * nothing more is read: decoded they would take a hundred times as much.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** A chunk of a body as large as what is read at once; the head's bounds are Netty's own (4 KiB and 8 KiB). */
    private static final int MAX_CHUNK = 64 * 1024;

    private final PushConnection connection;

    /** Set while it holds what nobody takes. */
    private @Nullable ChannelHandlerContext holding;

    RequestDecoder(PushConnection connection) {
        super(new HttpDecoderConfig().setMaxChunkSize(MAX_CHUNK));
        this.connection = connection;
    }

    boolean isHolding() {
        return holding != null;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (connection.takesMore(context.channel())) {
            super.decode(context, in, out);
        } else {
            holding = context;
            context.channel().config().setAutoRead(false);
        }
    }

    /** Decodes what it holds, as far as it is taken now. */
    void goOn() {
        var context = holding;
        if (context != null) {
            holding = null;
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                context.fireExceptionCaught(e);
            }
        }
    }

    /** Netty's own would read on, because nothing was decoded. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (isHolding()) {
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }
}
