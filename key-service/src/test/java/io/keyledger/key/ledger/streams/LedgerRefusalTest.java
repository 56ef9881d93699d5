package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CommandId;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.CommandReply.Refused;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What the ledger refuses, and that nothing is left of it. */
class LedgerRefusalTest extends LedgerTopologyHarness {

    @Test
    void whatIsRefusedWritesNothingButItsReply() {
        create();
        drain();
        assertThat(refused(send(new Command.RenameSystem(Fixtures.BILLING, "x", null)))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.SYSTEM_NOT_FOUND);
        assertThat(LedgerTopology.WRITTEN)
                .allSatisfy(topic -> assertThat(records(topic)).isEmpty());
    }

    @Test
    void anUnreadableRecordIsCountedAndAnsweredIfItSaysWhoWaits() {
        create();
        drain();
        var command = new CommandId(UUID.randomUUID());
        var key = ORGANIZATION.toString().getBytes(StandardCharsets.UTF_8);
        commands.pipeInput(new TestRecord<>(key, bytes("{"), CommandHeaders.of(command, "test-9"), now));
        commands.pipeInput(new TestRecord<>(key, null, new RecordHeaders(), now));
        commands.pipeInput(new TestRecord<>(null, bytes("\u0000"), new RecordHeaders(), now));
        commands.pipeInput(
                new TestRecord<>(bytes("x"), LedgerJson.write(request(register("a"), null)), headers(), now));

        var replies = records(Topics.KEY_COMMAND_REPLIES);
        assertThat(replies).hasSize(1);
        assertThat(CommandHeaders.findInstance(replies.getFirst().headers())).contains("test-9");
        assertThat(LedgerJson.read(replies.getFirst().value(), CommandReply.class))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.commandId()).isEqualTo(command);
                    assertThat(refused.rejection().fact()).isEqualTo(Fact.UNREADABLE_COMMAND);
                });
        assertThat(meters.get("keyledger.ledger.commands.unreadable").counter().count())
                .isEqualTo(4);
        applied(send(register("and on it goes")));
    }

    @Test
    void aCommandInAnotherPartitionThanItsOrganizationsIsRefusedAndCounted() {
        var partitions = 2;
        while (Topics.partition(ORGANIZATION, partitions) == 0) {
            partitions++;
        }
        driver.close();
        start(partitions);
        var refused = refused(create());
        assertThat(refused.rejection().fact()).isEqualTo(Fact.UNREADABLE_COMMAND);
        assertThat(refused.rejection().message()).contains("partition " + Topics.partition(ORGANIZATION, partitions));
        assertThat(records(Topics.KEY_EVENTS)).isEmpty();
        assertThat(records(Topics.KEY_STATE)).isEmpty();
        assertThat(meters.get("keyledger.ledger.commands.unreadable").counter().count())
                .isEqualTo(1);
    }
}
