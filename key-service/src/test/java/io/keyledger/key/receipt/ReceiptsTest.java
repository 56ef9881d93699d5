package io.keyledger.key.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.CommandId;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.Samples;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.CommandReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receipt says while it is not known which Collectors there are, who may look one up, and who waits for one. */
class ReceiptsTest {

    private final Fleet fleet = new Fleet();
    private final RecentChanges recent = new RecentChanges(fleet, _ -> {});
    private final Queue<Boolean> known = new ArrayDeque<>();
    private final Receipts receipts = receipts((_, _) -> Optional.empty(), known::remove);

    /** Of nobody all have confirmed everything. */
    @Test
    void collectorsThatAreForgottenMeanwhileMakeNoReceipt() {
        var change = recent.past(0, Samples.events().getFirst());
        known.addAll(List.of(true, false, true, false, true, true, true, true));

        assertThat(receipts.now(change)).isNull();
        assertThatThrownBy(() -> receipts.require(change)).isInstanceOf(ReceiptsUnavailableException.class);
        assertThat(receipts.require(change).isComplete()).isTrue();
    }

    @Test
    void allHaveConfirmedWhenNobodyElseHadSpokenByThen() {
        var change = recent.past(0, Samples.events().getFirst());
        var questions = new ArrayDeque<CompletableFuture<Boolean>>();
        var time = new BrokerTime(System::nanoTime, Instant::now, () -> Duration.ZERO);
        var asking =
                new Receipts(fleet, recent, (_, _) -> Optional.empty(), time, () -> true, _ -> questions.remove(), 1);

        questions.add(CompletableFuture.completedFuture(false));
        assertThat(asking.now(change)).isNull();

        var heard = new CompletableFuture<Boolean>();
        questions.add(heard);
        var receipt = CompletableFuture.supplyAsync(() -> asking.now(change));
        assertThat(receipt).isNotDone();
        fleet.onStatus(Statuses.of("new", 0, 1).status(Instant.now()), Instant.now(), Instant.now());
        heard.complete(true);
        assertThat(receipt.join()).isNotNull().satisfies(found -> {
            assertThat(found.isComplete()).isFalse();
            assertThat(found.of()).isOne();
        });
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

    /** One that is silent holds up all who wait, for minutes. */
    @Test
    @Timeout(60)
    void thoseWhoWaitOfOneOrganizationLeaveRoomForOthersAndAllAreAnsweredAtTheEnd() throws Exception {
        var mine = new OrganizationId(new UUID(0, 1));
        var another = new OrganizationId(new UUID(0, 2));
        var receipts = receipts((_, _) -> Optional.empty(), () -> true);
        fleet.onStatus(Statuses.of("behind", 0).status(Instant.now()), Instant.now(), Instant.now());
        var answered = new LinkedBlockingQueue<OrganizationId>();
        var waiting = Stream.concat(Stream.generate(() -> mine).limit(Receipts.WAITING_EACH + 1), Stream.of(another))
                .map(organization -> Thread.ofVirtual().start(() -> {
                    var receipt = Objects.requireNonNull(receipts.await(change(organization), Duration.ofHours(1)));
                    assertThat(receipt.laggards()).hasSize(1);
                    answered.add(organization);
                }))
                .toList();

        assertThat(answered.take()).isEqualTo(mine);
        receipts.end();
        for (var one : waiting) {
            one.join();
        }
        assertThat(answered).hasSize(Receipts.WAITING_EACH + 1).contains(another);
        assertThat(receipts.await(change(mine), Duration.ofHours(1))).isNotNull();
    }

    private static CommandReply.Applied change(OrganizationId organization) {
        var event = new CommandReply.EventSummary(Samples.events().getFirst().eventId(), "KeyRevoked", 1, 1);
        return new CommandReply.Applied(
                new CommandId(new UUID(0, 3)),
                organization,
                0,
                1,
                Instant.now(),
                List.of(event),
                Map.of(Topics.KEY_STATE, 1L),
                new Answer.OfSomeHosts(0, 0, List.of(), null),
                false);
    }

    private Receipts receipts(PastChanges past, BooleanSupplier isKnown) {
        var time = new BrokerTime(System::nanoTime, Instant::now, () -> Duration.ZERO);
        return new Receipts(fleet, recent, past, time, isKnown, _ -> CompletableFuture.completedFuture(true), 1);
    }
}
