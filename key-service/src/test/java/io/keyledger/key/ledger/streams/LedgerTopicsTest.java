package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What topics keep, and for how long. */
class LedgerTopicsTest {

    private static Map<String, String> mustBe(String name, Duration maxStaleness) {
        return LedgerTopics.all(4, maxStaleness).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow()
                .mustBe();
    }

    @Test
    void whatACollectorSaidStaysForAsLongAsItMayAcceptPushes() {
        for (var maxStaleness : new Duration[] {Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(2)}) {
            var status = mustBe(Topics.COLLECTOR_STATUS, maxStaleness);
            assertThat(Duration.ofMillis(Long.parseLong(status.get("min.compaction.lag.ms"))))
                    .isGreaterThan(maxStaleness.plusSeconds(10));
            assertThat(status)
                    .as("times that a Collector's clock does not set")
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .as("however many the others write")
                    .containsEntry("retention.bytes", "-1");
            assertThat(Duration.ofMillis(Long.parseLong(status.get("retention.ms"))))
                    .isGreaterThan(maxStaleness.plusSeconds(10));
        }
    }

    @Test
    void eventsStayForEver() {
        assertThat(mustBe(Topics.KEY_EVENTS, Duration.ofMinutes(5)))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1");
    }
}
