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
 * @param reportEvery how often it publishes its status, usage and denials; 10 s at most, for key-service calls it silent
 *     after 12
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

    private static final Duration MAX_REPORT_EVERY = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException if the id is blank, the address no URL, or a number out of its range */
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
        if (reportEvery.compareTo(MAX_REPORT_EVERY) > 0) {
            throw new IllegalArgumentException("Expected keyledger.collector.report-every of at most "
                    + MAX_REPORT_EVERY + ", but it is " + reportEvery + ".");
        }
        if (!reportEvery.isPositive() || maxUsageEntries < 1 || maxDenialEntries < 1) {
            throw new IllegalArgumentException(
                    "Expected keyledger.collector.report-every, max-usage-entries and max-denial-entries above zero.");
        }
    }

    /**
     * Does nothing if a report may be lost, and another one be late, before the Collector takes itself for cut off.
     *
     * @throws IllegalArgumentException if it reports too seldom for that
     */
    void requireReportsWithin(Duration maxStaleness) {
        if (reportEvery.multipliedBy(3).compareTo(maxStaleness) > 0) {
            throw new IllegalArgumentException("Expected keyledger.collector.report-every of at most a third of"
                    + " keyledger.table.max-staleness, " + maxStaleness + ", but it is " + reportEvery + ".");
        }
    }

    private static boolean isBase(URI address) {
        return address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    }
}
