package io.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;

class SimulatedFleetTest {

    @Test
    void eachCollectorHasOneReaderAndNoReaderManyMoreThanAnother() {
        var ids = SimulatedFleet.ids(1_000, 30);
        assertThat(ids.stream().flatMap(Collection::stream)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(ids).hasSize(30).allSatisfy(some -> assertThat(some).hasSizeBetween(33, 34));
    }
}
