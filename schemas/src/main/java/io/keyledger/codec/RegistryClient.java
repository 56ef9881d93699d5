package io.keyledger.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.avro.Schema;

/** The two calls of Confluent's REST API that a writer needs (Schema Registry API reference, v1). */
final class RegistryClient implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int OK = 200;
    private static final int SHOWN_CHARACTERS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String url;
    private final HttpClient http;

    RegistryClient(URI url) {
        this.url = url.toString().replaceAll("/+$", "");
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    String url() {
        return url;
    }

    /** Registers a schema, or finds it: the same text has the same id again. */
    int register(String subject, Schema schema) {
        var body = JSON.createObjectNode().put("schema", schema.toString());
        var answer = send("POST", "/subjects/" + subject + "/versions", body);
        var id = answer.path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw new RegistryRefusedException("Expected the registry at " + url + " to answer with an id for "
                    + subject + ", but there is none.");
        }
        return id.intValue();
    }

    void requireFullTransitive(String subject) {
        send("PUT", "/config/" + subject, JSON.createObjectNode().put("compatibility", "FULL_TRANSITIVE"));
    }

    private JsonNode send(String method, String path, JsonNode body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + path))
                    .header("Content-Type", CONTENT_TYPE)
                    .header("Accept", CONTENT_TYPE + ", application/json")
                    .timeout(REQUEST_TIMEOUT)
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            return read(path, http.send(request, BodyHandlers.ofString()));
        } catch (JsonProcessingException e) {
            throw new RegistryUnavailableException("The registry at " + url + " does not answer in JSON.", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("The registry at " + url + " cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while asking the registry at " + url + ".", e);
        }
    }

    private JsonNode read(String path, HttpResponse<String> response) throws JsonProcessingException {
        var status = response.statusCode();
        if (status == OK) {
            return JSON.readTree(response.body());
        }
        var text = response.body().substring(0, Math.min(response.body().length(), SHOWN_CHARACTERS));
        var message = "The registry at " + url + " answered " + status + " to " + path + ": " + text;
        if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
            throw new RegistryUnavailableException(message, null);
        }
        throw new RegistryRefusedException(message);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
