package io.keyledger.ingest.tables;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is known of the ledger beforehand.
 *
 * @param partitions its number of partitions, refused if the topics have another; null: they have to agree
 */
@ConfigurationProperties("keyledger.ledger")
public record LedgerProperties(@Nullable Integer partitions) {

    OptionalInt expected() {
        return partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions);
    }
}
