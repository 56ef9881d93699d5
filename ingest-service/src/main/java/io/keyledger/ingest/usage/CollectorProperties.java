package io.keyledger.ingest.usage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this Collector is, and how it tells of itself.
 *
 * @param id unique among the Collectors, the same after a restart
 * @param region where it runs, in the operator's words
 * @param address where its management port is reached
 * @param reportEvery how often it publishes its status, usage and denials
 * @param debounce how long it gathers changes before it publishes its status early
 * @param maxUsageEntries how many pairs of key and host are counted apart
 * @param maxDenialEntries how many kinds of refused senders are counted apart
 */
@ConfigurationProperties("keyledger.collector")
public record CollectorProperties(
        String id,
        @Nullable String region,
        @Nullable String address,
        @DefaultValue("5s") Duration reportEvery,
        @DefaultValue("20ms") Duration debounce,
        @DefaultValue("200000") int maxUsageEntries,
        @DefaultValue("10000") int maxDenialEntries) {

    /** @throws IllegalArgumentException if the id is blank or a number is not positive */
    public CollectorProperties {
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.id to name this Collector, but it is blank.");
        }
        if (!reportEvery.isPositive() || maxUsageEntries < 1 || maxDenialEntries < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.report-every, max-usage-entries and max-denial-entries above zero.");
        }
    }
}
