package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What topics keep, and for how long. */
class LedgerTopicsTest {

    private static Map<String, String> mustBe(String name) {
        return LedgerTopics.all(4).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow()
                .mustBe();
    }

    @Test
    void whatACollectorSaidStaysByTimesThatItsClockDoesNotSetAndHoweverMuchTheOthersWrite() {
        assertThat(mustBe(Topics.COLLECTOR_STATUS))
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()))
                .containsEntry("retention.bytes", "-1");
    }

    @Test
    void eventsStayForEver() {
        assertThat(mustBe(Topics.KEY_EVENTS))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1");
    }
}
