package io.keyledger.key.session;

import io.keyledger.table.StalenessRule;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the tables may be decided by without a proof.
 *
 * @param maxStaleness after that, nobody is let in
 */
@ConfigurationProperties("keyledger.table")
record TableProperties(@DefaultValue("5m") Duration maxStaleness) {

    /** @throws IllegalArgumentException if {@code maxStaleness} is not positive */
    TableProperties {
        var _ = new StalenessRule(maxStaleness, false);
    }
}
