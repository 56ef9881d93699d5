package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.SystemId;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka falls and comes back: what would be lost is sent again by the agents, what is refused stays refused. */
class OutageIT {

    @Test
    void aBrokerThatFallsAndComesBack(@TempDir Path directory) throws Exception {
        try (var rig = new CollectorRig(
                directory,
                "--keyledger.push.proof-wait=1s",
                "--keyledger.table.max-staleness=8s",
                "--keyledger.telemetry.delivery-timeout=2s",
                "--keyledger.telemetry.request-timeout=1s")) {
            var organization = new OrganizationId(UUID.randomUUID());
            var system = new SystemId(UUID.randomUUID());
            var secrets = Ledger.newSecrets(2);
            var global = secrets.get(0);
            var revoked = secrets.get(1);
            rig.ledger.write(
                    rig.ledger.organization(organization, OrganizationSettings.DEFAULT),
                    rig.ledger.key(organization, global, null, KeyStatus.ACTIVE),
                    rig.ledger.key(organization, revoked, system, KeyStatus.REVOKED));
            assertThat(push(rig, global)).isEqualTo(204);

            rig.stopBroker();

            assertThat(push(rig, global)).isEqualTo(503);
            assertThat(push(rig, revoked)).isEqualTo(401);
            assertThat(push(rig, UUID.randomUUID().toString())).isEqualTo(503);
            var answer = rig.push(global, "cpu,host=a v=1 1\n");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("\"code\":\"log_away\"");
            assertThat(rig.health().statusCode()).isEqualTo(200);

            CollectorRig.awaitUntil(
                    "the tables are stale",
                    () -> rig.push(global, "cpu,host=a v=1 1\n").body().contains("\"code\":\"stale\""));
            assertThat(push(rig, revoked)).isEqualTo(401);

            rig.startBroker();

            CollectorRig.awaitUntil("pushes are accepted again", () -> push(rig, global) == 204);
            var unknown = UUID.randomUUID().toString();
            CollectorRig.awaitUntil("unknown keys are refused again", () -> push(rig, unknown) == 401);
            rig.ledger.write(rig.ledger.key(organization, global, null, KeyStatus.REVOKED));
            CollectorRig.awaitUntil("the revocation is in force", () -> push(rig, global) == 401);
        }
    }

    private static int push(CollectorRig rig, String key) {
        return rig.push(key, "cpu,host=a v=1 1\n").statusCode();
    }
}
