package io.keyledger.ingest.edge;

import io.keyledger.ingest.protocol.Answer;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes answers. */
final class Responder {

    private final Duration lingerTime;

    Responder(Duration lingerTime) {
        this.lingerTime = lingerTime;
    }

    /**
     * Writes the answer. Where the body was not read to its end, the connection closes lingering: the answer goes out
     * whole, what still comes is read for a while, and the sender sees the answer instead of a reset.
     */
    Mono<Void> write(ServerHttpResponse response, Answer answer, RequestBody body) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        var bytes = answer.bytes();
        if (answer.status() != 204) {
            response.getHeaders().setContentLength(bytes.length);
        }
        if (bytes.length > 0) {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, answer.mediaType());
        }
        var content = bytes.length == 0
                ? Mono.<DataBuffer>empty()
                : Mono.just(response.bufferFactory().wrap(bytes));
        if (body.hasEnded()) {
            // The answer to HEAD has no body that would send it.
            return bytes.length == 0
                    ? response.setComplete()
                    : response.writeWith(content).then(Mono.defer(response::setComplete));
        }
        response.getHeaders().set(HttpHeaders.CONNECTION, "close");
        var lingering = Mono.fromFuture(() -> body.linger(lingerTime).toCompletableFuture(), true);
        return response.writeAndFlushWith(Flux.concat(Mono.just(content), lingering.then(Mono.empty())));
    }
}
