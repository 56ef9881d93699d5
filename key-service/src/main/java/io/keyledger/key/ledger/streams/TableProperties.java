package io.keyledger.key.ledger.streams;

import io.keyledger.table.StalenessRule;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long tables may be decided by without a proof, here and by Collectors.
 *
 * @param maxStaleness after that, nobody is let in; no Collector may have a longer one
 */
@ConfigurationProperties("keyledger.table")
public record TableProperties(@DefaultValue("5m") Duration maxStaleness) {

    /** @throws IllegalArgumentException if {@code maxStaleness} is not positive */
    public TableProperties {
        var _ = new StalenessRule(maxStaleness, false);
    }
}
