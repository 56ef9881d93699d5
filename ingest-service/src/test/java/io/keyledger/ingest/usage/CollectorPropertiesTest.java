package io.keyledger.ingest.usage;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.keyledger.table.StalenessRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CollectorPropertiesTest {

    private static void report(Duration every, Duration maxStaleness) {
        ReporterRig.reports(
                ReporterRig.properties(every, Duration.ofMillis(20)), new StalenessRule(maxStaleness, false));
    }

    @Test
    void aCollectorReportsBeforeItIsTakenForSilent() {
        assertThatNoException().isThrownBy(() -> report(Duration.ofSeconds(10), Duration.ofMinutes(5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(Duration.ofMillis(10_001), Duration.ofMinutes(5)))
                .withMessageContainingAll("keyledger.collector.report-every", "PT10S", "PT10.001S");
    }

    @Test
    void aCollectorReportsBeforeItTakesItselfForCutOff() {
        assertThatNoException().isThrownBy(() -> report(Duration.ofSeconds(5), Duration.ofSeconds(15)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(Duration.ofSeconds(5), Duration.ofMillis(14_999)))
                .withMessageContainingAll("a third of keyledger.table.max-staleness", "PT14.999S", "PT5S");
    }
}
