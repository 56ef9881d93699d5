package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A suite that logs everything (TRACE, of every library too) does all that it can do with secrets; afterwards none of
 * them is anywhere: not in logs, topics, PostgreSQL, metrics, errors, or the heap of the audit-service.
 */
class CanaryIT {

    @Test
    void aSecretIsNowhereAfterAWholeRun() throws Exception {
        var places = new TreeSet<String>();
        var secrets = new ArrayList<String>();
        try (var suite = Suite.start("canary", Map.of("LOGGING_LEVEL_ROOT", "TRACE"))) {
            var answers = new StringBuilder();
            useEverything(suite, secrets, answers);
            assertThat(suite.services())
                    .allSatisfy(service -> assertThat(service.log()).content().contains(" TRACE "));
            for (int i = 0; i < secrets.size(); i++) {
                var secret = secrets.get(i);
                search(places, "an error's answer", answers.toString().getBytes(StandardCharsets.UTF_8), secret);
                for (var service : suite.services()) {
                    search(places, "the log " + service.log().getFileName(), Files.readAllBytes(service.log()), secret);
                }
                for (var uri : List.of(suite.keyServiceUri, suite.collectorManagementUris.get(0), suite.auditUri)) {
                    search(places, "the metrics of " + uri, metrics(uri), secret);
                }
            }
            for (var topic : KafkaLog.topics(suite.broker.bootstrapServers())) {
                searchAll(places, "the topic " + topic, recordsOf(suite, topic), secrets);
            }
            var heap = suite.directory().resolve("audit.hprof");
            dumpHeap(suite.audit.pid(), heap);
            // The Owner's token called the audit-service: its bytes may still be in a buffer of the connection. No
            // other
            // secret has ever been near it.
            searchAll(
                    places,
                    "the heap of the audit-service",
                    Files.readAllBytes(heap),
                    secrets.subList(1, secrets.size()));
            Files.delete(heap);
            suite.stopPostgres();
            try (var files = Files.walk(suite.directory().resolve("postgres"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    searchAll(places, "PostgreSQL's file " + file.getFileName(), Files.readAllBytes(file), secrets);
                }
            }
            suite.startPostgres();
        }
        assertThat(places).as("places where a secret was found").isEmpty();
    }

    /** Makes, shows, uses, breaks and revokes keys. The first secret is the Owner's token. */
    private static void useEverything(Suite suite, List<String> secrets, StringBuilder errors) {
        var tenant = suite.newTenant("canary");
        secrets.add(tenant.ownerToken());
        secrets.add(tenant.globalSecret());
        var system = tenant.newSystem("shop", "web");
        var override = tenant.newOverride(system);
        secrets.add(override);
        var path = "/api/v1/systems/" + system + "/override";
        secrets.add(tenant.api().post(path + "/regenerate").expect(200).text("secret"));
        secrets.add(tenant.api()
                .post("/api/v1/collector-keys/global/regenerate")
                .expect(200)
                .text("secret"));
        tenant.api().post(path + "/reveal").expect(200);
        errors.append(tenant.api().post(path).expect(409).body());
        tenant.api().post(path + "/revoke", Map.of("reason", "COMPROMISED")).expect(200);
        errors.append(tenant.api()
                .post(path + "/revoke", Map.of("reason", "COMPROMISED"))
                .body());
        for (var secret : secrets) {
            for (int collector = 0; collector < 2; collector++) {
                errors.append(
                        tenant.push(collector, secret, "cpu,host=web usage=1\n").body());
                errors.append(inUrl(suite.collectorUris.get(collector), secret));
                errors.append(authorized(suite.collectorUris.get(collector), "Token " + secret));
                errors.append(authorized(suite.collectorUris.get(collector), "Bearer " + secret));
            }
            errors.append(new Api(suite.keyServiceUri, secret)
                    .get("/api/v1/systems/not-an-id")
                    .body());
        }
        tenant.audit().get("/api/v1/events").expect(200);
        errors.append(tenant.audit().get("/api/v1/events?cursor=nonsense").body());
    }

    private static String inUrl(URI collector, String secret) {
        return send(HttpRequest.newBuilder(collector.resolve("/write?u=any&p=" + secret))
                .POST(BodyPublishers.ofString("cpu,host=web usage=1\n")));
    }

    private static String authorized(URI collector, String authorization) {
        return send(HttpRequest.newBuilder(collector.resolve("/api/v2/write"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString("cpu,host=web usage=1\n")));
    }

    private static byte[] metrics(URI uri) {
        return send(HttpRequest.newBuilder(uri.resolve("/actuator/prometheus"))).getBytes(StandardCharsets.UTF_8);
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return Api.HTTP.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] recordsOf(Suite suite, String topic) {
        var all = new ByteArrayOutputStream();
        for (var record : KafkaLog.readAll(suite.broker.bootstrapServers(), topic)) {
            if (record.key() != null) {
                all.writeBytes(record.key());
            }
            if (record.value() != null) {
                all.writeBytes(record.value());
            }
            record.headers().forEach(header -> all.writeBytes(header.value()));
        }
        return all.toByteArray();
    }

    private static void dumpHeap(long pid, Path file) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var dump = new ProcessBuilder(jcmd, "" + pid, "GC.heap_dump", "-all", file.toString())
                .inheritIO()
                .start();
        assertThat(dump.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(file).exists();
    }

    private static void searchAll(Set<String> places, String place, byte[] bytes, List<String> secrets) {
        secrets.forEach(secret -> search(places, place, bytes, secret));
    }

    /** The secret as text, its bytes in UTF-16, and a UUID's 16 bytes. */
    private static void search(Set<String> places, String place, byte[] bytes, String secret) {
        var forms = new ArrayList<>(List.of(
                secret.getBytes(StandardCharsets.UTF_8),
                secret.getBytes(StandardCharsets.UTF_16LE),
                Base64.getEncoder().withoutPadding().encode((":" + secret).getBytes(StandardCharsets.UTF_8))));
        if (secret.length() == 36) {
            forms.add(HexFormat.of().parseHex(secret.replace("-", "")));
        }
        for (var form : forms) {
            if (contains(bytes, form)) {
                places.add(place);
            }
        }
    }

    private static boolean contains(byte[] bytes, byte[] form) {
        outer:
        for (int i = 0; i <= bytes.length - form.length; i++) {
            if (bytes[i] != form[0]) {
                continue;
            }
            for (int j = 1; j < form.length; j++) {
                if (bytes[i + j] != form[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
