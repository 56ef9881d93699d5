package io.keyledger.ingest.edge;

import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Answer;
import io.keyledger.ingest.protocol.Dialect;
import io.keyledger.ingest.protocol.Fault;
import io.keyledger.ingest.protocol.Problem;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole of the Collector's HTTP: a handful of paths, no layers in between. */
final class Endpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    /** What v1's clients look for when they ask who is there; any version from 1.0 on makes them go on. */
    private static final Map<String, String> VERSION = Map.of("X-Influxdb-Version", "1.8.10");

    private static final Answer PONG = Answer.noContent(VERSION);

    private static final Answer HEALTH =
            new Answer(200, "application/json", "{\"name\":\"keyledger\",\"status\":\"pass\"}\n", Map.of());

    private final PushHandler pushes;

    Endpoints(PushHandler pushes) {
        this.pushes = pushes;
    }

    /** Completes with the answer, whatever happens. */
    CompletableFuture<Answer> answer(PushRequest request, RequestBody body) {
        try {
            return switch (request.path()) {
                case "/api/v1/push" -> push(request, body, Dialect.PUSH);
                case "/write" -> push(request, body, Dialect.V1);
                case "/api/v2/write" -> push(request, body, Dialect.V2);
                case "/ping" -> get(request, body, PONG);
                case "/health" -> get(request, body, HEALTH);
                default -> PushHandler.unread(request, body, Dialect.PUSH.problem(Problem.of(Fault.NOT_FOUND)));
            };
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A request failed by a fault of ours and is answered 503");
            return Steps.done(Answers.retry(Dialect.PUSH, Verdict.Cause.FAULT));
        }
    }

    private CompletableFuture<Answer> push(PushRequest request, RequestBody body, Dialect dialect) {
        return request.method().equals(HttpMethod.POST)
                ? pushes.take(request, dialect, body)
                : PushHandler.unread(request, body, notAllowed(dialect, "POST"));
    }

    private static CompletableFuture<Answer> get(PushRequest request, RequestBody body, Answer answer) {
        var reads = request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return PushHandler.unread(request, body, reads ? answer : notAllowed(Dialect.PUSH, "GET, HEAD"));
    }

    private static Answer notAllowed(Dialect dialect, String allow) {
        return dialect.problem(Problem.of(Fault.METHOD_NOT_ALLOWED, Map.of("Allow", allow)));
    }
}
