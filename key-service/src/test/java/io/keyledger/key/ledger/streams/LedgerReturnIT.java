package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandGateway.CommandStatus;
import io.keyledger.key.ledger.CommandGateway.NotAnswered;
import io.keyledger.key.ledger.CommandReply.Applied;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.local.LocalBroker;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The ledger goes on where it stood: after a restart, without its stores, when the broker was away. */
@TestMethodOrder(OrderAnnotation.class)
class LedgerReturnIT extends LedgerHarness {

    @Test
    @Order(1)
    void aRestartGoesOnWhereItStoodAndKnowsWhatBecameOfEarlierCommands() throws Exception {
        var organization = node.organization();
        var before = TestNode.request(organization, new Command.ChangeSettings(false, null, null, null));
        var revision = TestNode.applied(node.ask(before)).revision();
        node.close();
        node = startNode("state");

        assertThat(node.status(organization, before.id()))
                .isInstanceOfSatisfying(
                        CommandStatus.Answered.class,
                        answered -> assertThat(
                                        TestNode.applied(answered.reply()).revision())
                                .isEqualTo(revision));
        var after = TestNode.applied(node.ask(organization, new Command.ChangeSettings(true, null, null, null)));
        assertThat(after.revision()).isEqualTo(revision + 1);
        assertSound(node.check());
    }

    @Test
    @Order(2)
    void lostStoresAreRestoredFromTheirChangelogs() throws Exception {
        var organization = node.organization();
        var revision = TestNode.applied(node.ask(organization, new Command.ChangeSettings(false, null, null, null)))
                .revision();
        node.close();
        try (var files = Files.walk(dir.resolve("state"))) {
            for (var checkpoint :
                    files.filter(file -> file.endsWith(".checkpoint")).toList()) {
                Files.delete(checkpoint);
            }
        }
        node = startNode("state");
        assertThat(TestNode.applied(node.ask(organization, new Command.ChangeSettings(true, null, null, null)))
                        .revision())
                .isEqualTo(revision + 1);
        assertSound(node.check());
    }

    @Test
    @Order(3)
    void whenTheBrokerComesBackTheLedgerGoesOnByItself() throws Exception {
        var organization = node.organization();
        var settings = broker.settings();
        broker.close();
        var unanswered = TestNode.request(organization, new Command.ChangeSettings(false, null, null, null));
        var shortly = new CommandRequest(
                unanswered.id(),
                organization,
                unanswered.actor(),
                "test-1",
                Instant.now(),
                Instant.now().plusSeconds(1),
                null,
                unanswered.command());
        assertThatThrownBy(() -> node.ask(shortly)).isInstanceOf(NotAnswered.class);
        broker = LocalBroker.start(settings);

        TestNode.await(() -> answers(organization));
        assertThat(node.lifecycle().ready()).isTrue();
        assertSound(node.check());
    }

    private static boolean answers(OrganizationId organization) {
        try {
            var request = TestNode.request(organization, new Command.ChangeSettings(true, null, null, null));
            return node.ask(request) instanceof Applied;
        } catch (Exception _) {
            return false;
        }
    }
}
