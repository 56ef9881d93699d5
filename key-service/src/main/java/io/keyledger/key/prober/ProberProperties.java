package io.keyledger.key.prober;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the prober works, where {@code keyledger.prober.enabled} is on: it is off unless asked for, for its changes are events,
 * which are for ever.
 *
 * @param every how often it changes the Active flag
 * @param keyEvery how often it revokes its key and makes another
 * @param patience for how long after the answer a Collector may take to follow; past it, it failed
 * @param requestTimeout for how long a push may go unanswered
 * @param maxCollectors how many are watched at one change; where there are more, they take turns
 */
@ConfigurationProperties("keyledger.prober")
record ProberProperties(
        @DefaultValue("10s") Duration every,
        @DefaultValue("10m") Duration keyEvery,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("1s") Duration requestTimeout,
        @DefaultValue("64") int maxCollectors) {

    /** @throws IllegalArgumentException if a duration or the number is not positive */
    ProberProperties {
        if (!every.isPositive()
                || !keyEvery.isPositive()
                || !patience.isPositive()
                || !requestTimeout.isPositive()
                || maxCollectors < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.prober.every, key-every, patience, request-timeout and"
                            + " max-collectors above zero.");
        }
    }
}
