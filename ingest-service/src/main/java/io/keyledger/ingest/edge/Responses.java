package io.keyledger.ingest.edge;

import io.keyledger.ingest.protocol.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers as bytes of HTTP/1.1 (RFC 9112): all are small and our own, so that no encoder has to be ready for others. */
final class Responses {

    private static final ByteBuf GO_ON = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII));

    private static final byte[] END = ascii("\r\n");
    private static final byte[] LAST = ascii("Connection: close\r\n\r\n");
    private static final byte[] KEPT_1_0 = ascii("Connection: keep-alive\r\n\r\n");

    private Responses() {}

    /**
     * The whole of it.
     *
     * @param request what is answered
     * @param keepAlive whether another request may follow
     */
    static ByteBuf of(Answer answer, HttpRequest request, boolean keepAlive, ByteBufAllocator allocator) {
        var head = answer.head();
        var content = answer.content();
        var end = end(request, keepAlive);
        var response = allocator.buffer(head.length + end.length + content.length);
        response.writeBytes(head).writeBytes(end);
        return request.method().equals(HttpMethod.HEAD) ? response : response.writeBytes(content);
    }

    private static byte[] end(HttpRequest request, boolean keepAlive) {
        if (!keepAlive) {
            return LAST;
        }
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? KEPT_1_0 : END;
    }

    /** The word that a sender with {@code Expect: 100-continue} waits for. */
    static ByteBuf goOn() {
        return GO_ON.duplicate();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
