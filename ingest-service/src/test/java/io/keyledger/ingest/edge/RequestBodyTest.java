package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A body that cannot be read by a fault of ours. */
class RequestBodyTest extends PushServerRig {

    @Test
    void itsPushGivesBackWhatItHeld() {
        var body = new RequestBody(new EmbeddedChannel().eventLoop(), LIMITS, RequestBodyTest::fail);
        body.onChunk(Unpooled.copiedBuffer(LINE, StandardCharsets.US_ASCII));
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/api/v1/push");
        head.headers().set("X-API-Key", KEY);

        var answer = endpoints(new SimpleMeterRegistry()).answer(new PushRequest(head, null), body);
        body.onEnd();

        assertThat(answer).isCompletedWithValueMatching(it -> it.status() == 503);
        assertThat(budget.used()).isZero();
    }

    @Test
    void whoAskedForItFromElsewhereIsTold() {
        var loop = new DefaultEventLoop();
        try {
            var share = budget.share(new OrganizationId(new UUID(0, 1)));
            var into = new ByteCollector(share, 100, -1, ByteCollector.FIRST, Encoding.IDENTITY);
            assertThat(new RequestBody(loop, LIMITS, RequestBodyTest::fail).collect(into, Duration.ofMinutes(1)))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(OutOfMemoryError.class);
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static void fail() {
        throw new OutOfMemoryError("For a test.");
    }
}
