package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyEvent;
import io.keyledger.event.LedgerEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a service that stops does with those that it serves. */
class ShutdownTest {

    @Test
    void aStreamOfAReceiptEndsWithTheServiceAndIsNotCut() throws Exception {
        var server = ApiServer.start();
        try {
            var tenant = server.newTenant();
            server.fleet.hear("behind", 0);
            tenant.owner().post("/api/v1/systems", "{\"name\":\"shop\"}");
            var event = server.ledger.events.getLast();
            server.fleet.onEvent(tenant.partition(), event);

            try (var http = HttpClient.newHttpClient();
                    var lines = follow(http, server, tenant, event.eventId().toString())) {
                var told = lines.iterator();
                assertThat(told.next()).isEqualTo("event:enforcement");
                var closing = Thread.ofVirtual().start(server::close);
                // A connection that is cut ends the reading with an exception.
                var rest = new StringBuilder();
                told.forEachRemaining(rest::append);
                assertThat(rest).contains("\"enforcedOn\":0");
                closing.join();
            }
        } finally {
            server.close();
        }
    }

    /** The token is shown this once: an answer that is cut off loses it. */
    @Test
    void aChangeThatWaitsForCollectorsIsAnsweredBeforeTheServiceEnds() throws Exception {
        var server = ApiServer.start();
        try {
            server.fleet.hear("behind", 0);
            var made = CompletableFuture.supplyAsync(() -> server.asOperator()
                    .post("/api/v1/organizations?wait=enforced&timeout=PT1M", "{\"name\":\"Acme\"}"));
            while (server.ledger.events.stream().noneMatch(ShutdownTest::isOfAcme)) {
                Thread.sleep(10);
            }
            server.close();

            assertThat(made.join().status()).isEqualTo(201);
            assertThat(made.join().text("ownerToken")).isNotEmpty();
            assertThat(made.join().at("/enforcement/laggards/0/id")).isEqualTo("behind");
        } finally {
            server.close();
        }
    }

    private static boolean isOfAcme(LedgerEvent event) {
        return event.event() instanceof KeyEvent.OrganizationCreated made
                && made.name().equals("Acme");
    }

    private static Stream<String> follow(HttpClient http, ApiServer server, Tenant tenant, String event)
            throws Exception {
        var address = "http://127.0.0.1:" + server.port() + "/api/v1/changes/" + event + "/enforcement?timeout=PT10M";
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "text/event-stream")
                .header("X-API-Key", tenant.token())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }
}
