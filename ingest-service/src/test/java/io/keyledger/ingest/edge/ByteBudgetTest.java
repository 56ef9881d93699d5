package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private static final OrganizationId ONE = new OrganizationId(new UUID(0, 1));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(0, 2));

    private final ByteBudget budget = new ByteBudget(100, 60);

    @Test
    void noOrganizationTakesAllOfIt() {
        assertThat(budget.share(ONE).take(40)).isTrue();
        var second = budget.share(ONE);
        assertThat(second.take(30)).isFalse();
        assertThat(second.outgrown()).isFalse();
        assertThat(second.take(20)).isTrue();

        assertThat(budget.share(OTHER).take(40)).isTrue();
        assertThat(budget.share(OTHER).take(1)).isFalse();
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void aPushThatNeverFitsIsToldApart() {
        var share = budget.share(ONE);
        assertThat(share.take(50)).isTrue();
        assertThat(share.take(11)).isFalse();
        assertThat(share.outgrown()).isTrue();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        var share = budget.share(ONE);
        assertThat(share.take(60)).isTrue();
        share.give(20);
        assertThat(budget.used()).isEqualTo(40);
        share.close();
        assertThat(budget.used()).isZero();
        assertThat(budget.share(ONE).take(60)).isTrue();
    }

    /** A body whose time is over may still arrive. */
    @Test
    void nothingIsTakenAfterTheAnswer() {
        var share = budget.share(ONE);
        share.close();
        assertThat(share.take(1)).isFalse();
        share.give(1);
        assertThat(budget.used()).isZero();
    }
}
