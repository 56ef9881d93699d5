package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class PolledCommandsTest {

    private static final String TOPIC = "commands";

    private final PolledCommands polled = new PolledCommands();
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

    private record At(int partition, long offset) implements RecordMetadata {
        @Override
        public String topic() {
            return TOPIC;
        }
    }

    @Test
    void theTransactionIsDueAfterTheLastOfAllPartitions() {
        poll(Stream.concat(commands(0, 5, 7), commands(1, 3, 3)), false);

        ruleOn(0, 5);
        ruleOn(1, 3);
        ruleOn(0, 6);
        assertThat(context.committed()).isFalse();

        ruleOn(0, 7);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void whatNobodyPolledIsCommittedAtOnce() {
        ruleOn(0, 5);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void aPartitionThatWasTakenAwayHoldsUpNothing() {
        poll(commands(0, 5, 7), false);
        poll(commands(1, 3, 3), false);

        ruleOn(1, 3);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void whatWasWaitingIsCommittedWithWhatTheNextPollBrings() {
        poll(commands(0, 5, 5), true);
        ruleOn(0, 5);
        assertThat(context.committed()).isFalse();

        poll(commands(0, 6, 9), true);
        LongStream.rangeClosed(6, 8).forEach(offset -> ruleOn(0, offset));
        onlyPunctuator().getPunctuator().punctuate(0);
        assertThat(context.committed()).isFalse();

        ruleOn(0, 9);
        assertThat(context.committed()).isTrue();
        assertThat(onlyPunctuator().cancelled()).isTrue();
    }

    @Test
    void whatWasWaitingIsCommittedAfterAPollThatBringsNothing() {
        poll(commands(0, 5, 5), true);
        ruleOn(0, 5);
        onlyPunctuator().getPunctuator().punctuate(0);
        assertThat(context.committed()).isFalse();

        poll(Stream.of(), false);
        onlyPunctuator().getPunctuator().punctuate(0);

        assertThat(context.committed()).isTrue();
        assertThat(onlyPunctuator().cancelled()).isTrue();
    }

    private CapturedPunctuator onlyPunctuator() {
        assertThat(context.scheduledPunctuators()).hasSize(1);
        return context.scheduledPunctuators().getFirst();
    }

    private void ruleOn(int partition, long offset) {
        polled.ruledOn(new At(partition, offset), context);
    }

    private void poll(Stream<ConsumerRecord<byte[], byte[]>> commands, boolean wereWaiting) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = commands.collect(
                Collectors.groupingBy(command -> new TopicPartition(command.topic(), command.partition())));
        polled.polled(new ConsumerRecords<>(byPartition, Map.of()), wereWaiting);
    }

    private static Stream<ConsumerRecord<byte[], byte[]>> commands(int partition, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(offset -> new ConsumerRecord<>(TOPIC, partition, offset, new byte[0], new byte[0]));
    }
}
