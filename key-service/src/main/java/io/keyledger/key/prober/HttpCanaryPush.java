package io.keyledger.key.prober;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.key.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pushes over HTTP. It follows no redirect: the key goes nowhere but to the address that a Collector has told. */
final class HttpCanaryPush implements CanaryPush, AutoCloseable {

    private static final String PATH = "/api/v1/push";
    private static final String LINE = "keyledger_canary,host=keyledger-prober value=1i\n";

    private final Duration timeout;
    private final HttpClient http;

    /** @param timeout of one push */
    HttpCanaryPush(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Override
    public PushReply push(URI collector, Secret key) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(collector.resolve(PATH))
                    .header(CredentialHeaders.API_KEY, key.reveal())
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .POST(BodyPublishers.ofString(LINE))
                    .build();
            return PushReply.of(answer(request).statusCode());
        } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
            // The last one: an address that is no place, such as one with port 70000.
            return PushReply.UNREACHABLE;
        }
    }

    /** A request's own time-out ends with the headers: a body without an end would hold up all other probes. */
    private HttpResponse<Void> answer(HttpRequest request)
            throws ExecutionException, TimeoutException, InterruptedException {
        var answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            // Of one that is there already nothing is left to cancel.
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
