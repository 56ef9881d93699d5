package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerGenerationTest {

    @Test
    void itsTopicsSayWhoseTheyAre() {
        var second = LedgerGeneration.FIRST.next();

        assertThat(second.changelog(LedgerStores.STATE)).isEqualTo("keyledger-ledger-g2-ledger-state-changelog");
        assertThat(LedgerGeneration.ofChangelog(second.changelog(LedgerStores.IDEMPOTENCY)))
                .contains(second);
    }

    @Test
    void topicsOfOthersAreNone() {
        for (var topic : new String[] {
            "key-events", "keyledger-ledger-g-x-changelog", "keyledger-ledger-g2", "my-keyledger-ledger-g2-x-changelog"
        }) {
            assertThat(LedgerGeneration.ofChangelog(topic)).as(topic).isEmpty();
        }
    }

    @Test
    void theFirstIsOne() {
        assertThatThrownBy(() -> new LedgerGeneration(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }
}
