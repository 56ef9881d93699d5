package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryIT {
    @TempDir
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void refusesIncompatibleSchemasAndKeepsTheOthersOverARestart() throws Exception {
        LocalRegistry first = LocalRegistry.start(dir);
        HttpResponse<String> registered = register(first, "a");
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        assertThat(register(first, "b").statusCode()).isEqualTo(409);
        first.close();

        try (LocalRegistry again = LocalRegistry.start(first.settings())) {
            assertThat(again.url()).isEqualTo(first.url());
            assertThat(register(again, "a").body()).isEqualTo(registered.body());
            assertThat(register(again, "b").statusCode()).isEqualTo(409);
        }
    }

    private HttpResponse<String> register(LocalRegistry registry, String field)
            throws IOException, InterruptedException {
        String body = """
                {"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"R\\",\\"fields\\":[{\\"name\\":\\"%s\\",\\"type\\":\\"int\\"}]}"}""".formatted(field);
        var request = HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/r-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
