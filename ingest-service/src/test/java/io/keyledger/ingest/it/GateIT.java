package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import io.keyledger.event.UnlinkedHosts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may push what, through HTTP, each change in force with the next push. */
class GateIT extends PushScenario {
    /** DESIGN.md, section 6: the truth table, through HTTP, each change in force with the next push. */
    @Test
    void theTruthTable() {
        var unknown = UUID.randomUUID().toString();
        cells("none", "web-1", Map.of(global, 204, otherOverride, 401, unknown, 401, "", 401));
        cells("not linked", "stranger", Map.of(global, 204, override, 401, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, Instant.now().plusSeconds(3600)));
        cells("grace", "WEB-1", Map.of(global, 204, override, 204, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, Instant.now().minusMillis(1)));
        // Nothing was denied since the change, so the first push that is may pass for as long as rows travel.
        awaitStatus(401, global, "Web-1");
        cells("override", "Web-1", Map.of(global, 401, override, 204, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.key(organization, override, system, KeyStatus.REVOKED));
        awaitStatus(401, override, "web-1");
        cells("revoked", "web-1", Map.of(global, 401, override, 401, otherOverride, 401, unknown, 401, "", 401));

        rig.ledger.write(rig.ledger.system(organization, system, null));
        cells("removed", "web-1", Map.of(global, 204, override, 401, otherOverride, 401, unknown, 401, "", 401));

        var off = new OrganizationSettings(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT);
        rig.ledger.write(rig.ledger.organization(organization, off));
        awaitStatus(401, global, "web-1");
        cells("inactive", "web-1", Map.of(global, 401, override, 401, otherOverride, 401, unknown, 401, "", 401));
    }

    private void cells(String situation, String host, Map<String, Integer> expected) {
        expected.forEach((key, status) -> assertThat(rig.push(key, line(host)))
                .as("%s, key %s", situation, key.equals(global) ? "global" : key)
                .returns(status, HttpResponse::statusCode));
    }

    @Test
    void aKeyThatWasJustMadePasses() {
        for (var secret : Ledger.newSecrets(60)) {
            var made = new SystemId(UUID.randomUUID());
            var host = "h-" + made;
            rig.ledger.write(
                    rig.ledger.key(organization, secret, made, KeyStatus.ACTIVE),
                    rig.ledger.system(organization, made, Ledger.LONG_AGO),
                    rig.ledger.host(organization, host, made));

            assertThat(rig.push(secret, line(host)).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void anUnreadableRowMakesWhatItNamesUnreadyAlone() {
        rig.ledger.spoil(rig.ledger.host(organization, "web-1", system));
        awaitStatus(503, global, "web-1");
        assertThat(rig.push(global, line("other-host")).statusCode()).isEqualTo(204);

        rig.ledger.spoil(rig.ledger.key(organization, override, system, KeyStatus.REVOKED));
        awaitStatus(503, override, "web-1");
        var answer = rig.push(override, line("x"));
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(rig.push(global, line("other-host")).statusCode()).isEqualTo(204);

        rig.ledger.write(
                rig.ledger.host(organization, "web-1", system),
                rig.ledger.key(organization, override, system, KeyStatus.ACTIVE));
        awaitStatus(204, global, "web-1");
    }

    /** A body may take its time, and a revocation does not wait for it. */
    @Test
    void aKeyThatIsRevokedWhileTheBodyArrivesIsRefused() throws Exception {
        var lines = line("slow-host");
        try (var socket = connect()) {
            send(
                    socket,
                    "POST /api/v1/push HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + global
                            + "\r\nContent-Length: " + lines.length() + "\r\n\r\n" + lines.substring(0, 5));
            CollectorRig.awaitUntil("some of the body is held", () -> rig.inFlight() > 0);

            rig.ledger.write(rig.ledger.key(organization, global, null, KeyStatus.REVOKED));
            awaitStatus(401, global, "web-1");
            send(socket, lines.substring(5));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401").contains("\"code\":\"revoked_key\"");
        }
        assertThat(rig.telemetry(keyId(global))).noneMatch(lines::equals);
    }
}
