package io.keyledger.client;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions whose freshness is proved.
 *
 * @param byNumber the partitions of each number, in all tables
 * @param keys those of key-state
 * @param maxAbsence a longer time without a proof may have hidden tombstones
 */
record ProvedTables(
        List<TopicPartition> all, List<Set<TopicPartition>> byNumber, Set<TopicPartition> keys, Duration maxAbsence) {

    /** @param partitions the ledger's number of them */
    static ProvedTables of(int partitions, List<TopicPartition> all, Duration maxAbsence) {
        return new ProvedTables(
                List.copyOf(all),
                IntStream.range(0, partitions)
                        .mapToObj(number -> all.stream()
                                .filter(partition -> partition.partition() == number)
                                .collect(Collectors.toUnmodifiableSet()))
                        .toList(),
                all.stream()
                        .filter(partition -> partition.topic().equals(Topics.KEY_STATE))
                        .collect(Collectors.toUnmodifiableSet()),
                maxAbsence);
    }

    /** The partitions of one organization; none if no topic of the ledger is kept. */
    Set<TopicPartition> of(OrganizationId organization) {
        return byNumber.isEmpty() ? Set.of() : byNumber.get(Topics.partition(organization, byNumber.size()));
    }
}
