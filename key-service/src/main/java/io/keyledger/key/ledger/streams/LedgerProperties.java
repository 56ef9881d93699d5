package io.keyledger.key.ledger.streams;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ledger of this instance.
 *
 * @param partitions of the ledger topics; set at the first start, and never changed
 * @param instanceId names this instance for good: another one with the same id would fence it
 * @param stateDir keeps the stores over restarts; another instance must not share it
 * @param threads that process partitions
 * @param standbys instances that keep a copy of each partition's stores beside the one that has it
 */
@ConfigurationProperties("keyledger.ledger")
public record LedgerProperties(
        @DefaultValue("12") int partitions,
        @DefaultValue("key-service-1") String instanceId,
        @DefaultValue("data/ledger") Path stateDir,
        @DefaultValue("1") int threads,
        @DefaultValue("0") int standbys) {

    private static final int MAX_PARTITIONS = 10_000;

    /** @throws IllegalArgumentException naming the property and the rule */
    public LedgerProperties {
        require(partitions >= 1 && partitions <= MAX_PARTITIONS, "partitions", "1 to " + MAX_PARTITIONS, partitions);
        require(
                instanceId.matches("[A-Za-z0-9._-]{1,100}"),
                "instance-id",
                "1 to 100 letters, digits, dots, underscores or hyphens",
                instanceId);
        require(threads >= 1, "threads", "1 or more", threads);
        require(standbys >= 0, "standbys", "0 or more", standbys);
    }

    private static void require(boolean valid, String property, String rule, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "Expected keyledger.ledger." + property + " to be " + rule + ", but it is " + value + ".");
        }
    }
}
