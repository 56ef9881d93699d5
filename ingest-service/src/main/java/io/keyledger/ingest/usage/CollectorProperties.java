package io.keyledger.ingest.usage;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this Collector is, and how it tells of itself.
 *
 * @param id unique among the Collectors, the same after a restart
 * @param region where it runs, in the operator's words
 * @param address where agents reach it: the base of its URLs, such as http://10.0.0.7:8081; null: the prober cannot
 * @param reportEvery how often it publishes its status, usage and denials
 * @param debounce how long it gathers changes before it publishes its status early
 * @param maxUsageEntries how many pairs of key and host are counted apart
 * @param maxDenialEntries how many kinds of refused senders are counted apart
 */
@ConfigurationProperties("keyledger.collector")
public record CollectorProperties(
        String id,
        @Nullable String region,
        @Nullable URI address,
        @DefaultValue("5s") Duration reportEvery,
        @DefaultValue("20ms") Duration debounce,
        @DefaultValue("200000") int maxUsageEntries,
        @DefaultValue("10000") int maxDenialEntries) {

    /** @throws IllegalArgumentException if the id is blank, the address no URL, or a number not positive */
    public CollectorProperties {
        if (id.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.id to name this Collector, but it is blank.");
        }
        if (address != null && !isBase(address)) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.address as the base of this Collector's URLs, such as"
                            + " http://10.0.0.7:8081, but it is " + address + ".");
        }
        if (!reportEvery.isPositive() || maxUsageEntries < 1 || maxDenialEntries < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.report-every, max-usage-entries and max-denial-entries above zero.");
        }
    }

    private static boolean isBase(URI address) {
        return address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    }
}
