package io.keyledger.client;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;

/** Looks whether the topics have the ledger's number of partitions. */
final class PartitionCounts {

    private PartitionCounts() {}

    /**
     * The ledger's number of partitions; 0 if no followed topic is the ledger's.
     *
     * @param before the topics as they were assigned
     * @throws PartitionCountException if they disagree
     */
    static int require(Collection<LoadedTopic> topics, OptionalInt expected, Map<String, LoadedTopic> before) {
        int ledger = expected.orElse(0);
        String told = "keyledger.ledger.partitions";
        for (var topic : topics) {
            int count = topic.partitions.size();
            var known = before.get(topic.spec.name());
            if (known != null && known.partitions.size() != count) {
                throw new PartitionCountException("Expected " + topic.spec.name() + " to keep its "
                        + known.partitions.size() + " partitions, but it has " + count + " now.");
            }
            if (!topic.spec.isLedgers()) {
                continue;
            }
            if (ledger == 0) {
                ledger = count;
                told = topic.spec.name();
            }
            if (count != ledger) {
                throw new PartitionCountException("Expected " + ledger + " partitions in " + topic.spec.name()
                        + ", as " + told + " says, but it has " + count
                        + ". The number is set at the first start of the ledger and never changes.");
            }
        }
        return ledger;
    }
}
