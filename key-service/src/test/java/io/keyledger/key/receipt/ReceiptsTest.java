package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a receipt says while it is not known which Collectors there are. */
class ReceiptsTest {

    private final Fleet fleet = new Fleet();
    private final RecentChanges recent = new RecentChanges(fleet, _ -> {});
    private final Queue<Boolean> known = new ArrayDeque<>();
    private final Receipts receipts = new Receipts(
            fleet,
            recent,
            (_, _) -> Optional.empty(),
            new BrokerTime(System::nanoTime, Instant::now, () -> Duration.ZERO),
            known::remove,
            _ -> Map.of(),
            1);

    /** Of nobody all have confirmed everything. */
    @Test
    void collectorsThatAreForgottenMeanwhileMakeNoReceipt() {
        var change = recent.past(0, Samples.events().getFirst());
        known.addAll(List.of(true, false, true, false, true, true));

        assertThat(receipts.now(change)).isNull();
        assertThatThrownBy(() -> receipts.require(change)).isInstanceOf(ReceiptsUnavailableException.class);
        assertThat(receipts.require(change).isComplete()).isTrue();
    }
}
