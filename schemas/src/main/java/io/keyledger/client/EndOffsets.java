package io.keyledger.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** Asks for the ends of partitions. */
@FunctionalInterface
interface EndOffsets {

    /** Sends the question at once and waits for nothing; each partition is answered, or fails, by itself. */
    Map<TopicPartition, CompletionStage<Long>> ask(Collection<TopicPartition> partitions, Duration timeout);
}
