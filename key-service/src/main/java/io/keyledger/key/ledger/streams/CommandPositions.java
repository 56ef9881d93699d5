package io.keyledger.key.ledger.streams;

import io.keyledger.event.CommandId;
import io.keyledger.event.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the ledger goes on reading commands: so that none is applied twice, and none is lost. */
final class CommandPositions {

    private CommandPositions() {}

    /**
     * What the group has committed. Where that is lost, the replies tell: each command that was ruled on has one, written
     * in the same transaction, and both topics are kept equally long.
     */
    static Map<TopicPartition, OffsetAndMetadata> of(
            CommittedReader reader, LedgerAdmin admin, LedgerGeneration generation, int partitions) {
        var all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(Topics.KEY_COMMANDS, number))
                .toList();
        var ends = admin.ends(all, IsolationLevel.READ_UNCOMMITTED);
        var positions = new HashMap<>(admin.committed(generation.applicationId()));
        // Of a topic that was made anew since.
        positions
                .entrySet()
                .removeIf(position -> !ends.containsKey(position.getKey())
                        || position.getValue().offset() > ends.get(position.getKey()));
        for (var partition : all) {
            if (!positions.containsKey(partition)) {
                positions.put(
                        partition,
                        new OffsetAndMetadata(
                                afterLastReply(new LedgerPartition(reader, admin, partition.partition()))));
            }
        }
        return positions;
    }

    private static long afterLastReply(LedgerPartition partition) {
        var ruled = new HashSet<CommandId>();
        partition.read(
                Topics.KEY_COMMAND_REPLIES,
                record -> CommandHeaders.findCommand(record.headers()).ifPresent(ruled::add));
        var last = new long[1];
        partition.read(Topics.KEY_COMMANDS, record -> {
            if (CommandHeaders.findCommand(record.headers())
                    .filter(ruled::contains)
                    .isPresent()) {
                last[0] = record.offset() + 1;
            }
        });
        return last[0];
    }
}
