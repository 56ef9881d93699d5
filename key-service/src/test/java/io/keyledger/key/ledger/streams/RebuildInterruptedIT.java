package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A rebuild that breaks off, wherever it stands, harms nothing. */
class RebuildInterruptedIT extends BrokerHarness {

    @Test
    void anInterruptedRebuildIsBegunAgain() throws Exception {
        OrganizationId organization;
        try (var node = startNode("state")) {
            organization = node.organization();
            TestNode.applied(
                    node.ask(organization, new Command.RegisterSystem(new SystemId(UUID.randomUUID()), "Billing")));
        }
        var before = inService();
        for (var at : List.of(
                "waiting for the ledger",
                "mending system-state of partition 1",
                "writing the stores of partition 3",
                "removing the stores before")) {
            assertThatThrownBy(() -> rebuild(new Progress(Duration.ZERO, step -> {
                        if (step.startsWith(at)) {
                            throw new IllegalStateException("Interrupted: " + step);
                        }
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(at);
        }
        assertThat(new LedgerCheck(kafka(), TestLedger.codec(), TestNode.PARTITIONS)
                        .run()
                        .findings())
                .isEmpty();
        // The last of them had put its result into service already.
        assertThat(inService()).isEqualTo(before + 1);
        assertThat(rebuild().mended()).isZero();
        assertThat(inService()).isEqualTo(before + 2);
        try (var node = startNode("again")) {
            assertSound(node.check());
            TestNode.applied(node.ask(organization, new Command.ChangeSettings(false, null, null, null)));
        }
        try (var admin = new LedgerAdmin(kafka())) {
            assertThat(admin.topics().stream()
                            .flatMap(topic -> LedgerGeneration.ofChangelog(topic).stream())
                            .distinct())
                    .as("what others have left")
                    .containsExactly(LedgerGeneration.inService(kafka()));
        }
    }
}
