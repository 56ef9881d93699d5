package io.keyledger.key.ledger.streams;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A record key on its way to a topic, with what says the partition: the record key alone does not. */
sealed interface SinkKey {

    /** The record key as it will stand in the topic. Not a copy. */
    Bytes recordKey();

    /** To the organization's partition. */
    record OfOrganization(OrganizationId organization, Bytes recordKey) implements SinkKey {

        /** With a text as the record key, in UTF-8. */
        OfOrganization(OrganizationId organization, String recordKey) {
            this(organization, Bytes.wrap(recordKey.getBytes(StandardCharsets.UTF_8)));
        }

        /** With the organization itself as the record key. */
        static OfOrganization itself(OrganizationId organization) {
            return new OfOrganization(organization, organization.toString());
        }
    }

    /** To a partition that belongs to nobody: for the ledger's own upkeep. */
    record OfPartition(int partition, Bytes recordKey) implements SinkKey {}

    /** Drops all but the record key. */
    Serializer<SinkKey> SERIALIZER = (topic, key) -> key.recordKey().get();

    /** Everything of one organization has one partition number in all ledger topics. */
    StreamPartitioner<SinkKey, byte[]> PARTITIONER = (topic, key, value, partitions) -> Optional.of(Set.of(
            switch (key) {
                case OfOrganization(var organization, var _) -> Topics.partition(organization, partitions);
                case OfPartition(int partition, var _) -> partition;
            }));
}
