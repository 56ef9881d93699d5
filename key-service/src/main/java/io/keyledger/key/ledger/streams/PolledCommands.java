package io.keyledger.key.ledger.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decides when a transaction is due: when all is ruled on that was polled together. Kafka Streams itself commits by the
 * clock alone, which is either too late for one command or too early for sixteen. The consumer and the processors of a
 * thread share one.
 */
final class PolledCommands {

    /** As often as can be: looks whether there was another poll. */
    private static final Duration OFTEN = Duration.ofMillis(1);

    private static final ThreadLocal<PolledCommands> OF_THREAD = ThreadLocal.withInitial(PolledCommands::new);

    /** The last offset by partition of what is not yet ruled on. */
    private final Map<Integer, Long> lasts = new HashMap<>();

    private boolean isMoreExpected;
    private Cancellable waiting = () -> {};

    /** Of this thread of Kafka Streams. */
    static PolledCommands ofThisThread() {
        return OF_THREAD.get();
    }

    /**
     * Takes note of what a poll has brought.
     *
     * @param wereWaiting whether it was there before it was asked for. Then it came while a transaction was under way, and
     *     the fetch that brought it had ended with the first command: what came after that one comes with the next poll.
     */
    void polled(ConsumerRecords<byte[], byte[]> records, boolean wereWaiting) {
        lasts.clear();
        for (var partition : records.partitions()) {
            lasts.put(
                    partition.partition(), records.records(partition).getLast().offset());
        }
        // Once: a transaction does not grow for as long as commands come.
        isMoreExpected = wereWaiting && !isMoreExpected;
    }

    /** Asks for the commit, if that was the last of them. */
    void ruledOn(RecordMetadata command, ProcessorContext<?, ?> context) {
        lasts.computeIfPresent(command.partition(), (_, last) -> command.offset() < last ? last : null);
        if (!lasts.isEmpty()) {
            return;
        }
        if (isMoreExpected) {
            waiting = context.schedule(OFTEN, PunctuationType.WALL_CLOCK_TIME, _ -> commitAfterPoll(context));
        } else {
            commit(context);
        }
    }

    private void commitAfterPoll(ProcessorContext<?, ?> context) {
        if (!isMoreExpected && lasts.isEmpty()) {
            commit(context);
        }
    }

    private void commit(ProcessorContext<?, ?> context) {
        waiting.cancel();
        context.commit();
    }
}
