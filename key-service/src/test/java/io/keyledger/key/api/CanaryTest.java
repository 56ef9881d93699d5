package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No secret is in a log line, at the finest level, nor in an error. */
class CanaryTest {

    private final ApiServer server = ApiServer.get();

    @Test
    void noSecretIsLogged() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        root.detachAndStopAllAppenders();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        List<String> secrets;
        try {
            secrets = useSecrets();
        } finally {
            root.setLevel(level);
        }
        assertThat(lines.list).hasSizeGreaterThan(100);
        for (var line : List.copyOf(lines.list)) {
            var text = line.getFormattedMessage()
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
            for (var secret : secrets) {
                assertThat(text.contains(secret))
                        .as("a secret in a line of %s", line.getLoggerName())
                        .isFalse();
            }
        }
    }

    private List<String> useSecrets() {
        var secrets = new ArrayList<String>();
        secrets.add(Tenant.OPERATOR_TOKEN);
        var tenant = server.newTenant();
        secrets.add(tenant.token());
        var system =
                tenant.owner().post("/api/v1/systems", "{\"name\":\"shop\"}").header("Location");
        secrets.add(tenant.owner().post(system + "/override").text("secret"));
        secrets.add(tenant.owner().post(system + "/override/regenerate").text("secret"));
        secrets.add(tenant.owner().post("/api/v1/collector-keys/global/reveal").text("secret"));
        assertThat(secrets).doesNotContain("");
        // Errors: a token that is refused, one in a body that is malformed, one in the wrong place.
        secrets.add("tc-apiv1_" + "c0ffee".repeat(10) + "beef");
        var canary = secrets.getLast();
        var answers = List.of(
                server.as(canary).get("/api/v1/systems"),
                server.asNobody().header("Authorization", "Bearer " + canary).get("/api/v1/systems"),
                server.asOperator()
                        .post("/api/v1/organizations", "{\"name\":\"x\",\"ownerToken\":\"" + canary + "\"},"),
                server.asOperator().post("/api/v1/organizations", "{\"name\":{},\"ownerToken\":\"" + canary + "\"}"),
                server.asOperator()
                        .post("/api/v1/organizations", "{\"name\":\"x\",\"ownerToken\":\"" + canary + "Z\"}"),
                server.asOperator().post("/api/v1/organizations", "{\"name\":\"x\",\"ownerToken\":" + canary + "}"),
                tenant.owner().post("/api/v1/systems", "{\"name\":\"y\",\"token\":\"" + canary + "\"}"));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.response().body()).doesNotContain("c0ffee");
        });
        return secrets;
    }
}
