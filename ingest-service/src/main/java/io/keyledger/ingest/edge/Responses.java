package io.keyledger.ingest.edge;

import io.keyledger.ingest.protocol.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers as bytes of HTTP/1.1 (RFC 9112): all are small and our own, so that no encoder has to be ready for others. */
final class Responses {

    private static final ByteBuf GO_ON = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII));

    private static final int USUAL_HEAD = 192;

    private Responses() {}

    /**
     * The whole of it.
     *
     * @param request what is answered
     * @param keepAlive whether another request may follow
     */
    static ByteBuf of(Answer answer, HttpRequest request, boolean keepAlive, ByteBufAllocator allocator) {
        var content = answer.bytes();
        var response = allocator.buffer(USUAL_HEAD + content.length);
        write(response, "HTTP/1.1 ", HttpResponseStatus.valueOf(answer.status()).toString());
        answer.headers().forEach((name, value) -> header(response, name, value));
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
            header(response, "Content-Length", Integer.toString(content.length));
        }
        if (content.length > 0) {
            header(response, "Content-Type", answer.mediaType());
        }
        if (!keepAlive) {
            header(response, "Connection", "close");
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            header(response, "Connection", "keep-alive");
        }
        write(response, "\r\n\r\n", "");
        return request.method().equals(HttpMethod.HEAD) ? response : response.writeBytes(content);
    }

    /** The word that a sender with {@code Expect: 100-continue} waits for. */
    static ByteBuf goOn() {
        return GO_ON.duplicate();
    }

    private static void header(ByteBuf response, String name, String value) {
        write(response, "\r\n", name);
        write(response, ": ", value);
    }

    private static void write(ByteBuf response, String first, String second) {
        ByteBufUtil.writeAscii(response, first);
        ByteBufUtil.writeAscii(response, second);
    }
}
