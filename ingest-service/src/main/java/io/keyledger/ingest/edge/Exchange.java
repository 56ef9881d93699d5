package io.keyledger.ingest.edge;

import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on a connection, from its head to its answer. All of its state belongs to the connection's event loop. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final PushConnection connection;
    private final ChannelHandlerContext context;
    private final HttpRequest head;
    private final RequestBody body;
    private boolean begun;

    /** The head, or a chunk of the body, cannot be read: where the next request begins is not known. */
    private boolean garbled;

    Exchange(PushConnection connection, ChannelHandlerContext context, HttpRequest head, PushProperties limits) {
        this.connection = connection;
        this.context = context;
        this.head = head;
        this.body =
                new RequestBody(context.channel().eventLoop(), limits, () -> connection.onBodyWanted(context, head));
        this.garbled = head.decoderResult().isFailure();
    }

    HttpRequest head() {
        return head;
    }

    RequestBody body() {
        return body;
    }

    /** Whether another request may follow on the connection. */
    boolean canBeFollowed() {
        return !garbled && body.hasEnded() && HttpUtil.isKeepAlive(head);
    }

    /** Takes a part of the body, and releases it. */
    void onContent(HttpContent content) {
        var chunk = content.content();
        if (chunk.isReadable()) {
            body.onChunk(chunk);
        } else {
            chunk.release();
        }
        if (content.decoderResult().isFailure()) {
            garbled = true;
            body.onBroken();
        } else if (content instanceof LastHttpContent) {
            body.onEnd();
        }
    }

    /** Asks for the answer, once what came with the head is there: most bodies are whole by then. */
    void begin(Endpoints endpoints, @Nullable String address) {
        if (!begun) {
            begun = true;
            var _ = Steps.lastly(answer(endpoints, address), this::onAnswer);
        }
    }

    private CompletableFuture<Answer> answer(Endpoints endpoints, @Nullable String address) {
        if (!head.decoderResult().isFailure()) {
            try {
                return endpoints.answer(new PushRequest(head, address), body);
            } catch (IllegalArgumentException _) {
                // A parameter that is not percent-encoded text.
            }
        }
        return Steps.done(Dialect.PUSH.problem(Problem.of(Fault.MALFORMED_REQUEST)));
    }

    private void onAnswer(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            LOG.atError().setCause(failure).log("A request failed by a fault of ours and is answered 503");
        }
        var told = answer == null ? Answers.retry(Dialect.PUSH, Verdict.Cause.FAULT) : answer;
        var loop = context.channel().eventLoop();
        if (loop.inEventLoop()) {
            tell(told);
        } else {
            loop.execute(() -> tell(told));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever it is, the connection would wait for its answer for ever.
    private void tell(Answer answer) {
        try {
            connection.answer(context, this, answer);
        } catch (Throwable e) {
            LOG.atError().setCause(e).log("An answer could not be written, and its connection is closed");
            var _ = context.close();
        }
    }
}
