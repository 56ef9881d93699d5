package io.keyledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.bench.RateStep.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateStepTest {

    private static final Receipt SOON = after(100);

    @Test
    void aRateIsHeldIfAllReceiptsAreCompleteAndNearlyAllCameSoon() {
        var receipts = new ArrayList<>(Collections.nCopies(99, SOON));
        receipts.add(after(9_000));
        assertThat(new RateStep(10, receipts).isHeld()).isTrue();

        receipts.add(after(9_000));
        assertThat(new RateStep(10, receipts).isHeld()).isFalse();
    }

    @Test
    void aRateIsNotHeldIfOneReceiptNamesALaggard() {
        var step = new RateStep(10, List.of(SOON, new Receipt(SOON.nanos(), false)));
        assertThat(step.incomplete()).isOne();
        assertThat(step.isHeld()).isFalse();
    }

    private static Receipt after(long millis) {
        return new Receipt(millis * 1_000_000, true);
    }
}
