package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.MixedBatches;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.OrganizationSettings;
import io.keyledger.event.Topics;
import io.keyledger.event.UnlinkedHosts;
import org.junit.jupiter.api.Test;

/** The prober's pushes are decided like any other, and leave nothing behind but their own count. */
class CanaryPushIT extends PushScenario {

    CanaryPushIT() {
        super("--keyledger.collector.address=http://collector.example:8081");
    }

    @Test
    void whatTheProberPushesGoesNowhere() throws InterruptedException {
        var canary = Ledger.newSecrets(1).getFirst();
        rig.ledger.write(
                rig.ledger.organization(OrganizationId.PROBER, OrganizationSettings.DEFAULT),
                rig.ledger.key(OrganizationId.PROBER, canary, null, KeyStatus.ACTIVE));
        assertThat(rig.push(canary, line("canary")).statusCode()).isEqualTo(204);

        rig.ledger.write(rig.ledger.organization(
                OrganizationId.PROBER, new OrganizationSettings(false, UnlinkedHosts.ACCEPT, MixedBatches.SPLIT)));
        awaitStatus(401, canary, "canary");
        rig.ledger.write(rig.ledger.key(OrganizationId.PROBER, canary, null, KeyStatus.REVOKED));
        awaitStatus(401, canary, "canary");

        // What follows is told, and so is everything before it.
        assertThat(rig.push(global, line("web-1")).statusCode()).isEqualTo(204);
        assertThat(rig.push("nonsense", line("web-1")).statusCode()).isEqualTo(401);
        CollectorRig.awaitUntil(
                "usage and denials are told",
                () -> !rig.records(Topics.KEY_USAGE).isEmpty()
                        && !rig.records(Topics.ACCESS_DENIALS).isEmpty());
        assertThat(rig.telemetry(keyId(global))).hasSize(1);
        assertThat(rig.records(Topics.TELEMETRY_INFLUX)).hasSize(1);
        assertThat(rig.records(Topics.KEY_USAGE))
                .allSatisfy(record -> assertThat(record.key()).asString().isEqualTo(keyId(global)));
        assertThat(rig.records(Topics.ACCESS_DENIALS))
                .allSatisfy(record -> assertThat(record.key()).asString().isEqualTo("unknown"));

        assertThat(rig.management("/actuator/collector").body())
                .contains("\"metricsReceived\":1,", "\"authFailures\":1,", "\"unlinkedHosts\":0,");
        assertThat(rig.management("/actuator/prometheus").body())
                .containsPattern("keyledger_gate_pushes_total\\{denial=\"none\",verdict=\"canary\"\\} [3-9]");
    }

    @Test
    void itSaysWhereItIsReached() {
        assertThat(rig.records(Topics.COLLECTOR_STATUS))
                .extracting(record -> rig.ledger
                        .codec()
                        .decode(RecordType.COLLECTOR_STATUS, record.value(), record.headers())
                        .orThrow())
                .extracting(CollectorStatus::address)
                .contains("http://collector.example:8081");
    }
}
