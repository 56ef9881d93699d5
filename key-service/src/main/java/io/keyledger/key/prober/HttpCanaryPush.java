package io.keyledger.key.prober;

import io.keyledger.credential.CredentialHeaders;
import io.keyledger.key.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

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
                    .timeout(timeout)
                    .header(CredentialHeaders.API_KEY, key.reveal())
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .POST(BodyPublishers.ofString(LINE))
                    .build();
            return PushReply.of(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return PushReply.UNREACHABLE;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
