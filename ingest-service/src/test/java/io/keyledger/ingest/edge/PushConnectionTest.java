package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One connection: requests one after the other, and what cannot be read. */
class PushConnectionTest extends PushServerRig {

    @Test
    void aRequestThatDoesNotWaitIsAnsweredInItsTurn() throws Exception {
        try (var socket = connect()) {
            send(socket, PUSH + LAST_PING);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);

            acknowledged.complete(null);
            socket.setSoTimeout(10_000);
            assertThat(rest(socket)).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n" + pong("close"));
        }
    }

    @Test
    void thousandsMayBeSentAtOnce() throws Exception {
        var answers = exchange(PING.repeat(10_000) + LAST_PING);
        assertThat(answers.split("HTTP/1.1 204", -1)).hasSize(10_002);
    }

    /** Its answers are kept for it only up to a bound: then its requests wait. */
    @Test
    void whoReadsNoAnswersIsNotReadFrom() throws Exception {
        try (var socket = connect()) {
            socket.setSoTimeout(10_000);
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    send(socket, PING.repeat(500_000) + LAST_PING);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(sender.join(Duration.ofSeconds(1))).isFalse();
            assertThat(rest(socket).split("HTTP/1.1 204", -1)).hasSize(500_002);
        }
    }

    @Test
    void aTargetMayNameTheHost() throws Exception {
        assertThat(exchange(LAST_PING.replace("/ping", "http://collector:8081/ping")))
                .startsWith("HTTP/1.1 204");
        assertThat(exchange(LAST_PING.replace("/ping", "*"))).startsWith("HTTP/1.1 404");
    }

    @Test
    void aHeadThatCannotBeReadIsToldSo() throws Exception {
        var tooLong = LAST_PING.replace("Host: x", "X-Long: " + "x".repeat(10_000));
        var noLength = PUSH.replace("Content-Length: ", "Content-Length: x");
        var noParameter = LAST_PING.replace("/ping", "/api/v2/write?precision=%zz");
        for (var request : new String[] {"nonsense\r\n\r\n", tooLong, noLength, noParameter}) {
            assertThat(exchange(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("Connection: close", "\"code\":\"malformed_request\"");
        }
    }

    @Test
    void aChunkThatCannotBeReadIsToldSo() throws Exception {
        assertThat(exchange(PUSH.replace("Content-Length: " + LINE.length(), "Transfer-Encoding: chunked")))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("body_unreadable");
    }

    @Test
    void anOldClientSaysWhetherItGoesOn() throws Exception {
        var old = "GET /ping HTTP/1.0\r\n\r\n";
        var goesOn = "GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
        assertThat(exchange(goesOn + old)).isEqualTo(pong("keep-alive") + pong("close"));
    }

    @Test
    void whoAsksForTheHeadGetsNoBody() throws Exception {
        assertThat(exchange(LAST_PING.replace("GET /ping", "HEAD /health")))
                .contains("Content-Length: ")
                .endsWith("\r\n\r\n");
    }

    /** Decoded it would take a hundred times as much. */
    @Test
    void whatIsSentOnStaysBytesUntilItsTurn() {
        var connection = new EmbeddedChannel(
                new PushConnection(endpoints(new SimpleMeterRegistry()), LIMITS, Duration.ofSeconds(30), null));
        var decoded = new AtomicInteger();
        connection
                .pipeline()
                .addAfter(connection.pipeline().names().getFirst(), null, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object part) {
                        decoded.incrementAndGet();
                        context.fireChannelRead(part);
                    }
                });

        connection.writeInbound(Unpooled.copiedBuffer(PUSH + PING.repeat(1_000), StandardCharsets.US_ASCII));
        assertThat(decoded).hasValue(2);
        assertThat(connection.config().isAutoRead()).isFalse();

        acknowledged.complete(null);
        assertThat(decoded).hasValue(2 * 1_001);
        assertThat(connection.config().isAutoRead()).isTrue();
        assertThat(connection.outboundMessages()).hasSize(1_001);
        connection.finishAndReleaseAll();
    }

    /** A body that came whole before its head was refused is asked for by nobody. */
    @Test
    void aBodyThatNobodyAskedForIsGivenBack() {
        var targets = List.of("/write?precision=%zz", "/write");
        for (var target : targets) {
            var connection = new EmbeddedChannel(
                    new PushConnection(endpoints(new SimpleMeterRegistry()), LIMITS, Duration.ofSeconds(30), null));
            var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, target);
            head.headers().set("Expect", "100-continue");
            var body = Unpooled.copiedBuffer(LINE, StandardCharsets.US_ASCII);

            connection.writeInbound(head, new DefaultLastHttpContent(body));

            ByteBuf answer = connection.readOutbound();
            assertThat(answer.toString(StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("close");
            assertThat(body.refCnt()).isZero();
            answer.release();
            connection.finishAndReleaseAll();
        }
    }
}
