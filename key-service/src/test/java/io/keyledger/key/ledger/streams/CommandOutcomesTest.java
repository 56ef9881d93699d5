package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.CommandGateway.CommandStatus;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandOutcomesTest {

    private static final Instant NOW = Fixtures.T0;
    private static final OrganizationId ORGANIZATION = Fixtures.ORGANIZATION;

    private final CommandOutcomes outcomes = new CommandOutcomes(10_000);

    @Test
    void aCommandIsPendingUntilItsReplyWhicheverIsSeenFirst() {
        var first = id();
        outcomes.onCommand(first, ORGANIZATION, NOW, NOW);
        assertThat(outcomes.status(ORGANIZATION, first, NOW)).isInstanceOf(CommandStatus.Pending.class);
        outcomes.onReply(first, ORGANIZATION, NOW, reply(first), NOW);
        assertThat(outcomes.status(ORGANIZATION, first, NOW)).isInstanceOf(CommandStatus.Answered.class);

        var second = id();
        outcomes.onReply(second, ORGANIZATION, NOW, reply(second), NOW);
        outcomes.onCommand(second, ORGANIZATION, NOW, NOW);
        assertThat(outcomes.status(ORGANIZATION, second, NOW))
                .isInstanceOfSatisfying(
                        CommandStatus.Answered.class,
                        answered -> assertThat(answered.reply().commandId()).isEqualTo(second));
    }

    @Test
    void anotherOrganizationLearnsNothing() {
        var command = id();
        outcomes.onReply(command, ORGANIZATION, NOW, reply(command), NOW);
        assertThat(outcomes.status(new OrganizationId(UUID.randomUUID()), command, NOW))
                .isInstanceOf(CommandStatus.NotKnown.class);
    }

    @Test
    void anOutcomeIsForgottenAfterAnHour() {
        var command = id();
        outcomes.onReply(command, ORGANIZATION, NOW, reply(command), NOW);
        assertThat(outcomes.status(ORGANIZATION, command, NOW.plus(CommandOutcomes.KEPT)))
                .isInstanceOf(CommandStatus.Answered.class);
        assertThat(outcomes.status(
                        ORGANIZATION, command, NOW.plus(CommandOutcomes.KEPT).plusMillis(1)))
                .isInstanceOf(CommandStatus.NotKnown.class);
        assertThat(outcomes.size()).isZero();
    }

    @Test
    void pastTheBoundTheOldestIsForgottenFirst() {
        var first = id();
        outcomes.onReply(first, ORGANIZATION, NOW, reply(first), NOW);
        var last = first;
        for (int i = 1; i <= 100; i++) {
            last = id();
            outcomes.onReply(last, ORGANIZATION, NOW.plus(Duration.ofMillis(i)), reply(last), NOW);
        }
        assertThat(outcomes.status(ORGANIZATION, first, NOW)).isInstanceOf(CommandStatus.NotKnown.class);
        assertThat(outcomes.status(ORGANIZATION, last, NOW)).isInstanceOf(CommandStatus.Answered.class);
        assertThat(outcomes.size()).isBetween(5, 50);
    }

    private static CommandId id() {
        return new CommandId(UUID.randomUUID());
    }

    private static byte[] reply(CommandId command) {
        return LedgerJson.write(new CommandReply.Refused(
                command, ORGANIZATION, new Rejection(Rejection.Fact.SYSTEM_NOT_FOUND, "Expected a System.")));
    }
}
