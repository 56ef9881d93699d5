package io.keyledger.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.RecordType;
import io.keyledger.event.CollectorReport.Denial;
import io.keyledger.event.CollectorReport.HostUsage;
import io.keyledger.event.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a Collector counts and tells. */
class CountersIT extends PushScenario {
    @Test
    void countsAndTells() throws InterruptedException {
        var before = rig.management("/actuator/collector").body();
        assertThat(rig.push(global, line("web-1") + line("stranger") + "broken\n")
                        .statusCode())
                .isEqualTo(204);
        assertThat(rig.push("nonsense", line("web-1")).statusCode()).isEqualTo(401);

        var after = rig.management("/actuator/collector").body();
        assertThat(number(after, "metricsReceived") - number(before, "metricsReceived"))
                .isEqualTo(2);
        assertThat(number(after, "pushRequests") - number(before, "pushRequests"))
                .isEqualTo(2);
        assertThat(number(after, "authFailures") - number(before, "authFailures"))
                .isEqualTo(1);
        assertThat(number(after, "unlinkedHosts") - number(before, "unlinkedHosts"))
                .isEqualTo(1);
        assertThat(number(after, "parseErrors") - number(before, "parseErrors")).isEqualTo(1);
        assertThat(rig.management("/actuator/prometheus").body())
                .contains("keyledger_gate_pushes_total{denial=\"malformed_key\",verdict=\"denied\"}")
                .contains("keyledger_metrics_received_total");

        CollectorRig.awaitUntil("usage is told", () -> usage().size() == 2);
        assertThat(usage()).extracting(HostUsage::items).containsOnly(1L);
        CollectorRig.awaitUntil(
                "denials are told",
                () -> denials().stream().anyMatch(it -> it.reason().equals("malformed_key")));
        assertThat(rig.records(Topics.COLLECTOR_STATUS)).isNotEmpty();
    }

    private List<HostUsage> usage() {
        return rig.records(Topics.KEY_USAGE).stream()
                .map(record -> rig.ledger
                        .codec()
                        .decode(RecordType.KEY_USAGE, record.value(), record.headers())
                        .orThrow())
                .filter(it -> it.keyId().toString().equals(keyId(global)))
                .flatMap(it -> it.hosts().stream())
                .toList();
    }

    private List<Denial> denials() {
        return rig.records(Topics.ACCESS_DENIALS).stream()
                .flatMap(record -> rig
                        .ledger
                        .codec()
                        .decode(RecordType.ACCESS_DENIALS, record.value(), record.headers())
                        .orThrow()
                        .denials()
                        .stream())
                .toList();
    }

    private static long number(String json, String name) {
        var from = json.indexOf("\"" + name + "\":") + name.length() + 3;
        var to = from;
        while (Character.isDigit(json.charAt(to))) {
            to++;
        }
        return Long.parseLong(json.substring(from, to));
    }
}
