package io.keyledger.ingest.edge;

import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Problem;
import io.netty.util.Timer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** The whole of the Collector's HTTP: a handful of paths, no layers in between. */
final class IngestHttpHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(IngestHttpHandler.class);

    /** What v1's clients look for when they ask who is there; any version from 1.0 on makes them go on. */
    private static final Map<String, String> VERSION = Map.of("X-Influxdb-Version", "1.8.10");

    private final PushHandler pushes;
    private final Responder responder;
    private final PushProperties limits;
    private final Timer timer;

    IngestHttpHandler(PushHandler pushes, PushProperties limits, Timer timer) {
        this.pushes = pushes;
        this.responder = new Responder(limits.lingerTime());
        this.limits = limits;
        this.timer = timer;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var body = new RequestBody(request.getBody(), limits, timer);
        CompletionStage<Answer> answer;
        try {
            answer = answer(request, body);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A request failed by a fault of ours and is answered 503");
            answer = CompletableFuture.completedStage(Answers.retry(Dialect.PUSH, Verdict.Cause.FAULT));
        }
        // A sender that goes away cancels its answer alone: what was begun is ended.
        return Mono.fromFuture(answer.toCompletableFuture(), true).flatMap(it -> responder.write(response, it, body));
    }

    private CompletionStage<Answer> answer(ServerHttpRequest request, RequestBody body) {
        return switch (request.getPath().pathWithinApplication().value()) {
            case "/api/v1/push" -> push(request, body, Dialect.PUSH);
            case "/write" -> push(request, body, Dialect.V1);
            case "/api/v2/write" -> push(request, body, Dialect.V2);
            case "/ping" -> get(request, body, Answer.noContent(VERSION));
            case "/health" -> get(request, body, health());
            default -> other(body, Dialect.PUSH.problem(Problem.of(Fault.NOT_FOUND)));
        };
    }

    private CompletionStage<Answer> push(ServerHttpRequest request, RequestBody body, Dialect dialect) {
        if (!request.getMethod().equals(HttpMethod.POST)) {
            return other(body, notAllowed(dialect, "POST"));
        }
        return pushes.take(new PushRequest(request), dialect, body);
    }

    private static CompletionStage<Answer> get(ServerHttpRequest request, RequestBody body, Answer answer) {
        var reads = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        return other(body, reads ? answer : notAllowed(Dialect.PUSH, "GET, HEAD"));
    }

    private static Answer health() {
        return new Answer(200, "application/json", "{\"name\":\"keyledger\",\"status\":\"pass\"}\n", Map.of());
    }

    private static Answer notAllowed(Dialect dialect, String allow) {
        return dialect.problem(Problem.of(Fault.METHOD_NOT_ALLOWED, Map.of("Allow", allow)));
    }

    private static CompletionStage<Answer> other(RequestBody body, Answer answer) {
        return body.drain(PushHandler.DRAIN_TIME).thenApply(_ -> answer);
    }
}
