package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that nobody can read affects what it names, and nothing else; nothing crash-loops. */
@ExtendWith(SharedSuite.class)
class UnreadableRecordsIT {

    /** Marks what a test wrote past the ledger. */
    static final String PLANTED = "planted";

    private static final byte[] JUNK = "\0\0\0\0\7this is not Avro".getBytes(StandardCharsets.UTF_8);
    private static final Duration SEEN = Duration.ofSeconds(10);

    private final Suite suite;
    private List<Long> processes = List.of();

    UnreadableRecordsIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeEach
    void noteProcesses() {
        processes = pids();
    }

    @AfterEach
    void nobodyCrashed() {
        assertThat(suite.services()).allMatch(ServiceProcess::isReady);
        assertThat(pids()).isEqualTo(processes);
    }

    @Test
    void inKeyStateItsKeyIsNotNowAndNoOther() {
        var tenant = suite.newTenant("unreadable key");
        var own = tenant.newOverride(tenant.newSystem("shop", "web"));
        var global = tenant.globalSecret();
        plant(tenant, Topics.KEY_STATE, SecretHash.ofSecret(global).toBytes());
        var unlinked = "cpu,host=nobody usage=1\n";
        Await.until(
                "503 for the key",
                SEEN,
                () -> tenant.pushEverywhere(global, unlinked).equals(List.of(503, 503)));
        assertThat(tenant.pushEverywhere(own, "cpu,host=web usage=1\n")).containsExactly(204, 204);

        var next = tenant.api()
                .post("/api/v1/collector-keys/global/regenerate")
                .expect(200)
                .text("secret");
        assertThat(tenant.pushEverywhere(next, unlinked)).containsExactly(204, 204);
        tenant.awaitEverywhere(401, global, unlinked);
    }

    @Test
    void inHostToSystemItsHostIsNotNowAndNoOther() {
        var tenant = suite.newTenant("unreadable host");
        var system = tenant.newSystem("shop", "web-1", "web-2");
        var global = tenant.globalSecret();
        var host = Topics.hostKey(OrganizationId.of(tenant.organization()), new HostName("web-1"));
        plant(tenant, Topics.HOST_TO_SYSTEM, host.getBytes(StandardCharsets.UTF_8));
        var line = "cpu,host=web-1 usage=1\n";
        Await.until(
                "503 for the host",
                SEEN,
                () -> tenant.pushEverywhere(global, line).equals(List.of(503, 503)));
        assertThat(tenant.pushEverywhere(global, "cpu,host=web-2 usage=1\n")).containsExactly(204, 204);

        tenant.api().delete("/api/v1/systems/" + system + "/hosts/web-1");
        tenant.link(system, List.of("web-1")).expect(200);
        assertThat(tenant.pushEverywhere(global, line)).containsExactly(204, 204);
    }

    @Test
    void inKeyCommandsItIsSteppedOver() {
        var tenant = suite.newTenant("unreadable command");
        plant(tenant, Topics.KEY_COMMANDS, tenant.organization().getBytes(StandardCharsets.UTF_8));
        tenant.api().post("/api/v1/systems", Map.of("name", "after it")).expect(201);
    }

    private void plant(Tenant tenant, String topic, byte[] key) {
        int partition = Topics.partition(OrganizationId.of(tenant.organization()), Suite.PARTITIONS);
        var record = new ProducerRecord<>(topic, partition, key, JUNK);
        record.headers().add(PLANTED, new byte[] {1});
        KafkaLog.write(suite.broker.bootstrapServers(), record);
    }

    private List<Long> pids() {
        return suite.services().stream().map(ServiceProcess::pid).toList();
    }
}
