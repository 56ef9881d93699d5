package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandRequest.Idempotency;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** The first answer again, for a day. */
class LedgerIdempotencyTest extends LedgerTopologyHarness {

    @Test
    void theSameIdempotencyKeyGetsTheFirstAnswerWithoutTheSecret() {
        create();
        var first = applied(send(request(new Command.RevealCollectorKey(null), new Idempotency("k", "f1"))));
        var again = applied(send(request(new Command.RevealCollectorKey(null), new Idempotency("k", "f1"))));

        assertThat(((Answer.OfKey) first.answer()).sealed()).isNotNull();
        assertThat(((Answer.OfKey) again.answer()).sealed()).isNull();
        assertThat(again.replayed()).isTrue();
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(again.commandId()).isNotEqualTo(first.commandId());
        assertThat(events()).hasSize(5);
    }

    @Test
    void aRefusalIsRepeatedTooButAnotherRequestWithTheSameKeyIsRefused() {
        create();
        var rename = new Command.RenameSystem(Fixtures.BILLING, "x", null);
        refused(send(request(rename, new Idempotency("k", "f1"))));
        applied(send(new Command.RegisterSystem(Fixtures.BILLING, "Billing")));
        assertThat(refused(send(request(rename, new Idempotency("k", "f1"))))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.SYSTEM_NOT_FOUND);
        assertThat(refused(send(request(rename, new Idempotency("k", "f2"))))
                        .rejection()
                        .fact())
                .isEqualTo(Fact.IDEMPOTENCY_KEY_REUSED);
        applied(send(request(rename, new Idempotency("another", "f1"))));
    }

    @Test
    void anIdempotencyKeyIsForgottenAfterADayAndPurged() {
        create();
        var first = applied(send(request(register("a"), new Idempotency("k", "f1"))));
        now = now.plus(IdempotencyRecords.KEPT).plusMillis(1);
        var later = applied(send(request(register("b"), new Idempotency("k", "f2"))));
        assertThat(later.revision()).isGreaterThan(first.revision());

        var store = driver.getKeyValueStore(LedgerStores.IDEMPOTENCY);
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        assertThat(applied(send(request(register("b"), new Idempotency("k", "f2"))))
                        .replayed())
                .isTrue();
    }

    @Test
    void anAnswerThatAnotherVersionHasKeptIsNoAnswerAndAppliesNothing() {
        create();
        var key = new Idempotency("k", "f1");
        applied(send(request(register("a"), key)));
        var before = events().size();
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(LedgerStores.IDEMPOTENCY);
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value.length > 1) {
                    store.put(entry.key, bytes("{\"fingerprint\":\"f1\",\"at\":1,\"outcome\":{}}"));
                }
            });
        }

        var refusal = refused(send(request(register("b"), key))).rejection();
        assertThat(refusal.fact()).isEqualTo(Fact.IDEMPOTENT_ANSWER_UNREADABLE);
        assertThat(refusal.message()).contains("another version", "use a new key");
        assertThat(events()).hasSize(before);

        now = now.plus(IdempotencyRecords.KEPT).plusMillis(1);
        driver.advanceWallClockTime(LedgerProcessor.PURGE_EVERY);
        applied(send(request(register("b"), key)));
    }

    @Test
    void thePurgeKeepsUpWithAnyRate() {
        create();
        var store = driver.getKeyValueStore(LedgerStores.IDEMPOTENCY);
        for (int i = 0; i < 1_300; i++) {
            keyed("first-" + i);
        }
        assertThat(store.approximateNumEntries()).isEqualTo(2_600);
        now = now.plus(IdempotencyRecords.KEPT).plusMillis(1);
        for (int i = 0; i < 100; i++) {
            keyed("second-" + i);
        }
        assertThat(store.approximateNumEntries())
                .as("each new answer takes more away than it adds")
                .isEqualTo(2 * (1_300 + 100 - 4 * 100));
        driver.advanceWallClockTime(LedgerProcessor.PURGE_EVERY);
        driver.advanceWallClockTime(LedgerProcessor.PURGE_EVERY);
        assertThat(store.approximateNumEntries())
                .as("nothing that is too old is left after two slices")
                .isEqualTo(200);
    }

    private void keyed(String key) {
        refused(send(request(new Command.RenameSystem(Fixtures.BILLING, "x", null), new Idempotency(key, "f"))));
    }
}
