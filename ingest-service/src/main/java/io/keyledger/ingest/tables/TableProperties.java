package io.keyledger.ingest.tables;

import io.keyledger.table.StalenessRule;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the tables may be decided by without a proof.
 *
 * @param maxStaleness after that, every push is answered 503
 * @param failOpen go on past it, and let pass what nobody can prove
 */
@ConfigurationProperties("keyledger.table")
public record TableProperties(
        @DefaultValue("5m") Duration maxStaleness,
        @DefaultValue("false") boolean failOpen) {

    /** @throws IllegalArgumentException if {@code maxStaleness} is not positive */
    public TableProperties {
        var _ = new StalenessRule(maxStaleness, failOpen);
    }

    StalenessRule rule() {
        return new StalenessRule(maxStaleness, failOpen);
    }
}
