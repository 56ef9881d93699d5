package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandRequest;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two instances of the ledger share the partitions of one broker; each answers for all of them. */
@TestMethodOrder(OrderAnnotation.class)
class LedgerInstancesIT extends BrokerHarness {

    @SuppressWarnings("NullAway.Init") // started before all
    private static TestNode first;

    @SuppressWarnings("NullAway.Init") // started before all
    private static TestNode second;

    /** Enough that each partition very probably has one. */
    private static final List<OrganizationId> ORGANIZATIONS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        first = TestNode.begin(broker.bootstrapServers(), dir.resolve("first"), "first");
        second = TestNode.begin(broker.bootstrapServers(), dir.resolve("second"), "second");
        first.awaitReady();
        second.awaitReady();
        for (int i = 0; i < 12; i++) {
            ORGANIZATIONS.add((i % 2 == 0 ? first : second).organization());
        }
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    @Test
    @Order(1)
    void eachAnswersForAllPartitionsAndWhatOneAnsweredTheOtherRulesBy() throws Exception {
        for (var organization : ORGANIZATIONS) {
            var system = new SystemId(UUID.randomUUID());
            TestNode.applied(first.ask(organization, new Command.RegisterSystem(system, "System")));
            var refused =
                    second.ask(organization, new Command.RegisterSystem(new SystemId(UUID.randomUUID()), "System"));
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            CommandReply.Refused.class,
                            why -> assertThat(why.rejection().fact()).isEqualTo(Fact.SYSTEM_NAME_TAKEN));
            assertThat(second.tables().system(system))
                    .as("what a refusal speaks of can be seen where it is answered")
                    .isInstanceOf(Found.Present.class);
        }
    }

    @Test
    @Order(2)
    void anIdempotencyKeyIsKnownToBoth() throws Exception {
        for (var organization : ORGANIZATIONS) {
            var command = new Command.CreateOverride(
                    register(first, organization),
                    Fixtures.secret(UUID.randomUUID().toString()),
                    null);
            var once = TestNode.applied(first.ask(keyed(organization, command)));
            var again = TestNode.applied(second.ask(keyed(organization, command)));
            assertThat(again.replayed()).isTrue();
            assertThat(again.events()).isEqualTo(once.events());
        }
    }

    @Test
    @Order(3)
    void whenOneIsGoneTheOtherGoesOnWithAllPartitions() throws Exception {
        var command = new Command.RegisterSystem(new SystemId(UUID.randomUUID()), "Before");
        var before = new ArrayList<CommandReply.Applied>();
        for (var organization : ORGANIZATIONS) {
            before.add(TestNode.applied(first.ask(keyed(organization, command))));
        }
        first.close();
        for (int i = 0; i < ORGANIZATIONS.size(); i++) {
            var again = TestNode.applied(second.ask(keyed(ORGANIZATIONS.get(i), command)));
            assertThat(again.replayed()).isTrue();
            assertThat(again.events()).isEqualTo(before.get(i).events());
            register(second, ORGANIZATIONS.get(i));
        }
        assertThat(second.lifecycle().ready()).isTrue();
        assertSound(second.check());
    }

    private static SystemId register(TestNode node, OrganizationId organization) throws Exception {
        var system = new SystemId(UUID.randomUUID());
        TestNode.applied(node.ask(organization, new Command.RegisterSystem(system, "System " + system)));
        assertThat(node.tables().system(system)).isInstanceOf(Found.Present.class);
        return system;
    }

    private static CommandRequest keyed(OrganizationId organization, Command command) {
        return TestLedger.request(
                organization,
                TestLedger.owner(organization),
                command,
                Instant.now(),
                new CommandRequest.Idempotency(command.getClass().getSimpleName(), "f"));
    }
}
