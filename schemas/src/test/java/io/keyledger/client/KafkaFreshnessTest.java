package io.keyledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.table.Freshness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What proves that the tables are fresh, and for how long. */
@Timeout(20)
class KafkaFreshnessTest extends FreshnessHarness {

    @Test
    void theAgeOfAProofCountsFromTheSendingOfTheQuestion() {
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        pass(Duration.ofMillis(300));
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        answer(0, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ofMillis(300));
        pass(Duration.ofMillis(200));
        assertThat(freshness.staleness()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void theAgeOfAProofCountsTheTimeThatTheMachineSlept() {
        freshness.tick();
        answer(0, 10);
        wallMillis += Duration.ofMinutes(4).toMillis();

        assertThat(freshness.staleness()).isEqualTo(Duration.ofMinutes(4));
        wallMillis -= Duration.ofMinutes(8).toMillis();
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
    }

    @Test
    void anAnswerThatTheMachineSleptOverIsAsOldAsItsQuestion() {
        freshness.tick();
        wallMillis += Duration.ofMinutes(4).toMillis();
        answer(0, 10);

        assertThat(freshness.staleness()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void whatIsNotAppliedYetIsProvedWhenItIs() {
        freshness.tick();
        answer(0, 11);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        all.forEach(partition -> positions.put(partition, 11L));
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
        assertThat(counters.proofs()).isOne();
    }

    @Test
    void itIsBehindWhenWhatWasToldLongAgoIsNotApplied() {
        freshness.tick();
        pass(LONG);
        assertThat(freshness.isBehind(LONG)).as("nothing was told").isFalse();
        answer(0, 11);
        assertThat(freshness.isBehind(LONG.plusNanos(1))).isFalse();
        assertThat(freshness.isBehind(LONG)).isTrue();
        all.forEach(partition -> positions.put(partition, 11L));
        freshness.onApplied();
        assertThat(freshness.isBehind(LONG)).isFalse();
    }

    @Test
    void anOlderQuestionAnsweredLaterMakesNoProofOlder() {
        freshness.tick();
        pass(Duration.ofMillis(500));
        freshness.tick();
        answer(1, 10);
        answer(0, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aLongAbsenceIsNoProofButANewBeginning() {
        freshness.tick();
        answer(0, 10);
        pass(MAX_ABSENCE.plusSeconds(1));
        freshness.tick();
        answer(1, 10);
        assertThat(absences).hasValue(1);
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        answer(2, 10);
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
        assertThat(absences).hasValue(1);
    }

    @Test
    void aMachineThatSleptWasAbsentToo() {
        freshness.tick();
        answer(0, 10);
        wallMillis += MAX_ABSENCE.plusSeconds(1).toMillis();
        freshness.tick();
        answer(1, 10);
        assertThat(absences).hasValue(1);
    }

    @Test
    void nothingIsProvedWhileATableIsLoadedAnew() throws Exception {
        freshness.tick();
        answer(0, 10);
        positions.put(all.getFirst(), -1L);
        freshness.reset();
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        freshness.tick();
        answer(1, 0);
        assertThat(freshness.staleness()).isEqualTo(Freshness.NEVER);
        positions.put(all.getFirst(), 0L);
        freshness.onApplied();
        assertThat(freshness.staleness()).isEqualTo(Duration.ZERO);
    }
}
