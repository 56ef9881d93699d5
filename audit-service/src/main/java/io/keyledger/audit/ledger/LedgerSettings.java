package io.keyledger.audit.ledger;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The ledger that is recorded.
 *
 * @param partitions how many its topics have; set at its first start and never changed
 */
@ConfigurationProperties("keyledger.ledger")
record LedgerSettings(@DefaultValue("12") int partitions) {
    LedgerSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.ledger.partitions from 1 on, but got " + partitions + ".");
        }
    }
}
