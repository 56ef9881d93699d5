package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.table.StalenessRule.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a process that is cut off goes on. */
class StalenessRuleTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration OVER = LIMIT.plusNanos(1);

    @Test
    void theOlderOfProofAndStatusCounts() {
        var rule = StalenessRule.DEFAULT;
        assertThat(rule.judge(LIMIT, LIMIT)).isEqualTo(Standing.FRESH);
        assertThat(rule.judge(OVER, Duration.ZERO)).isEqualTo(Standing.STALE);
        assertThat(rule.judge(Duration.ZERO, OVER)).isEqualTo(Standing.STALE);
        assertThat(rule.judge(Freshness.NEVER, Duration.ZERO)).isEqualTo(Standing.STALE);
    }

    @Test
    void failOpenGoesOnButSaysSo() {
        var rule = new StalenessRule(LIMIT, true);
        assertThat(rule.judge(LIMIT, Duration.ZERO)).isEqualTo(Standing.FRESH);
        assertThat(rule.judge(OVER, Duration.ZERO)).isEqualTo(Standing.UNPROVABLE);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> new StalenessRule(Duration.ZERO, false)).hasMessageContaining("max-staleness");
    }
}
