package io.keyledger.key.receipt;

import io.keyledger.client.CodecReaders;
import io.keyledger.client.LedgerConnection;
import io.keyledger.codec.LedgerCodec;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts receipts in place. */
@Configuration(proxyBeanMethods = false)
public class ReceiptConfiguration {

    @Bean
    ReceiptFeed receiptFeed(LedgerConnection connection, LedgerCodec codec, MeterRegistry registry) {
        var enforced = Timer.builder("keyledger.enforcement")
                .description("From a change to its confirmation by the last Collector")
                .publishPercentileHistogram()
                .register(registry);
        var feed = new ReceiptFeed(enforced::record);
        for (var standing : Standing.values()) {
            Gauge.builder(
                            "keyledger.collectors",
                            feed,
                            it -> it.fleet().count(it.time().now()).getOrDefault(standing, 0L))
                    .description("The Collectors by how they stand")
                    .tag("state", standing.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (boolean ahead : new boolean[] {true, false}) {
            TimeGauge.builder(
                            "keyledger.collectors.clock.skew",
                            feed,
                            TimeUnit.MILLISECONDS,
                            it -> it.fleet().clockSkew(ahead).toMillis())
                    .description("How far the Collectors' clocks are from the broker's, at most")
                    .tag("direction", ahead ? "ahead" : "behind")
                    .register(registry);
        }
        feed.start(connection, codec);
        return feed;
    }

    @Bean
    Receipts receipts(
            ReceiptFeed feed,
            LedgerConnection connection,
            LedgerCodec codec,
            @Value("${keyledger.ledger.partitions}") int partitions) {
        return new Receipts(
                feed.fleet(),
                feed.recent(),
                new KafkaPastChanges(connection, CodecReaders.events(codec), partitions),
                feed.time(),
                feed::isKnown,
                feed::whenAllRead,
                partitions);
    }
}
