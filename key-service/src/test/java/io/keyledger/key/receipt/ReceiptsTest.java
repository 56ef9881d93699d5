package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.OrganizationId;
import io.keyledger.event.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a receipt says while it is not known which Collectors there are, and who may look one up. */
class ReceiptsTest {

    private final Fleet fleet = new Fleet();
    private final RecentChanges recent = new RecentChanges(fleet, _ -> {});
    private final Queue<Boolean> known = new ArrayDeque<>();
    private final Receipts receipts = receipts((_, _) -> Optional.empty(), known::remove);

    /** Of nobody all have confirmed everything. */
    @Test
    void collectorsThatAreForgottenMeanwhileMakeNoReceipt() {
        var change = recent.past(0, Samples.events().getFirst());
        known.addAll(List.of(true, false, true, false, true, true));

        assertThat(receipts.now(change)).isNull();
        assertThatThrownBy(() -> receipts.require(change)).isInstanceOf(ReceiptsUnavailableException.class);
        assertThat(receipts.require(change).isComplete()).isTrue();
    }

    @Test
    void lookUpsOfOneOrganizationLeaveRoomForOthers() {
        var event = Samples.events().getFirst().eventId();
        var mine = new OrganizationId(new UUID(0, 1));
        var another = new OrganizationId(new UUID(0, 2));
        var running = new ArrayDeque<OrganizationId>();
        var asked = new AtomicReference<Receipts>();
        PastChanges past = (organization, _) -> {
            running.addLast(organization);
            if (running.size() == 1) {
                assertThat(asked.get().find(mine, event)).isEmpty();
            } else if (running.size() == 2) {
                assertThatThrownBy(() -> asked.get().find(mine, event))
                        .isInstanceOf(ReceiptsUnavailableException.class);
                assertThat(asked.get().find(another, event)).isEmpty();
            }
            return Optional.empty();
        };
        asked.set(receipts(past, () -> true));

        for (int i = 0; i < 2; i++) {
            running.clear();
            assertThat(asked.get().find(mine, event)).isEmpty();
            assertThat(running).containsExactly(mine, mine, another);
        }
    }

    private Receipts receipts(PastChanges past, BooleanSupplier isKnown) {
        var time = new BrokerTime(System::nanoTime, Instant::now, () -> Duration.ZERO);
        return new Receipts(fleet, recent, past, time, isKnown, _ -> Map.of(), 1);
    }
}
