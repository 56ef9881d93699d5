package io.keyledger.key.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBarrierTest {

    private static final LedgerPosition FIVE = new LedgerPosition(3, 5);

    @Test
    void aReadGoesOnWhenTheDirectoryHasReachedIt() throws Exception {
        var barrier = new ReadBarrier(Duration.ofMinutes(1));
        barrier.onCurrent(1, null);
        barrier.onReached(1, new LedgerPosition(3, 4));
        barrier.onReached(1, new LedgerPosition(2, 9));
        var read = new CountDownLatch(1);
        var reader = Thread.ofVirtual().start(() -> {
            barrier.await(FIVE);
            read.countDown();
        });
        assertThat(read.getCount()).isEqualTo(1);
        barrier.onReached(1, FIVE);
        reader.join();
        assertThat(read.getCount()).isZero();
    }

    @Test
    void aReadDoesNotWaitForEver() {
        var barrier = new ReadBarrier(Duration.ofMillis(1));
        assertThatThrownBy(() -> barrier.await(new LedgerPosition(3, 0)))
                .isInstanceOf(DirectoryUnavailableException.class);
        barrier.onCurrent(1, null);
        barrier.await(new LedgerPosition(3, 0));
        assertThatThrownBy(() -> barrier.await(FIVE))
                .isInstanceOf(DirectoryUnavailableException.class)
                .hasMessageContaining("3:5")
                .hasMessageContaining("3:0");
    }

    @Test
    void whatWasAnsweredIsRemembered() {
        var barrier = new ReadBarrier(Duration.ofMillis(1));
        barrier.onAnswered(FIVE);
        barrier.onAnswered(new LedgerPosition(3, 4));
        assertThat(barrier.lastKnown(3)).isEqualTo(FIVE);
        assertThat(barrier.lastKnown(0)).isEqualTo(new LedgerPosition(0, 0));
    }

    @Test
    void aGenerationThatIsBeingBuiltOpensNothing() {
        var barrier = new ReadBarrier(Duration.ofMillis(1));
        barrier.onCurrent(1, null);
        barrier.onReached(2, FIVE);
        assertThatThrownBy(() -> barrier.await(FIVE)).isInstanceOf(DirectoryUnavailableException.class);
        barrier.onCurrent(2, null);
        barrier.await(FIVE);
        barrier.onCurrent(1, null);
        assertThatThrownBy(() -> barrier.await(FIVE)).isInstanceOf(DirectoryUnavailableException.class);
    }

    @Test
    void whatIsNotWholeSaysSo() {
        var barrier = new ReadBarrier(Duration.ofMillis(1));
        barrier.onReached(1, FIVE);
        barrier.onCurrent(1, "It is being filled, 5 of 9 records.");
        assertThatThrownBy(() -> barrier.await(new LedgerPosition(3, 0)))
                .isInstanceOf(DirectoryUnavailableException.class)
                .hasMessageContaining("5 of 9");
    }

    @Test
    void whatWasShownMustNotDisappear() {
        var barrier = new ReadBarrier(Duration.ofMillis(1));
        barrier.onCurrent(1, null);
        barrier.onReached(1, FIVE);
        barrier.await(barrier.lastKnown(3));
        barrier.onReached(1, new LedgerPosition(3, 2));
        assertThatThrownBy(() -> barrier.await(barrier.lastKnown(3)))
                .isInstanceOf(DirectoryUnavailableException.class)
                .hasMessageContaining("3:2");
        barrier.forgetKnown();
        barrier.await(barrier.lastKnown(3));
    }

    @Test
    void aPositionIsReadAsItIsWritten() {
        assertThat(LedgerPosition.parse(FIVE.toString())).isEqualTo(FIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", ":", "3:", ":5", "-1:5", "3:-5", "3:5:7", "a:b", "99999999999:1"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LedgerPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
