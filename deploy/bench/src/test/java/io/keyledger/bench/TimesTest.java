package io.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void aShareOfAllIsNotLonger() {
        var times = Times.of(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());

        assertThat(times.millis(0.50)).isEqualTo(100);
        assertThat(times.millis(0.99)).isEqualTo(198);
        assertThat(times.millis(1)).isEqualTo(200);
    }

    @Test
    void oneTimeIsEveryShare() {
        var times = Times.of(List.of(5_000_000L));

        assertThat(times.millis(0.01)).isEqualTo(5);
        assertThat(times.millis(1)).isEqualTo(5);
    }

    @Test
    void nothingHasNoTimes() {
        assertThatThrownBy(() -> Times.of(List.of()).millis(0.5)).hasMessageContaining("nothing was measured");
    }
}
