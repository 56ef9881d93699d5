package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.e2e.History.Change;
import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.History.Push;
import io.keyledger.e2e.TimelineChecker.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are in seconds; the secret is made between 1 and 2. */
class TimelineCheckerTest {

    private static final String SECRET = "secret";
    private static final String ACTIVE = "active";

    private final List<Change> changes =
            new ArrayList<>(List.of(change("make", 1, 2, false, Effect.begin(SECRET), Effect.begin(ACTIVE))));

    @Test
    void acceptedAfterAReceiptViolatesIt() {
        changes.add(change("revoke", 10, 11, true, Effect.end(SECRET)));
        assertThat(check(push(11, 12, 204))).containsExactly(Claim.ENFORCED);
        assertThat(check(push(11, 12, 401))).isEmpty();
    }

    @Test
    void whatWasSentBeforeTheReceiptMayBeAccepted() {
        changes.add(change("revoke", 10, 11, true, Effect.end(SECRET)));
        assertThat(check(push(10.9, 30, 204))).isEmpty();
    }

    @Test
    void withoutAReceiptMaxStalenessBounds() {
        changes.add(change("revoke", 10, 11, false, Effect.end(SECRET)));
        assertThat(check(push(15.9, 16.5, 204))).isEmpty();
        assertThat(check(push(16, 17, 204))).containsExactly(Claim.BOUNDED);
    }

    @Test
    void refusedBetweenItsBeginningAndItsEndViolates() {
        changes.add(change("revoke", 10, 11, true, Effect.end(SECRET)));
        assertThat(check(push(2, 10, 401))).containsExactly(Claim.IN_FORCE);
        assertThat(check(push(2, 10, 403))).containsExactly(Claim.IN_FORCE);
        assertThat(check(push(2, 10, 503))).isEmpty();
        assertThat(check(push(2, 10, 0))).isEmpty();
        assertThat(check(push(1.9, 9, 401))).isEmpty();
        assertThat(check(push(9, 10.1, 401))).isEmpty();
    }

    @Test
    void aPushNeedsAllItsFacts() {
        changes.add(change("turn off", 10, 11, true, Effect.end(ACTIVE)));
        changes.add(change("turn on", 20, 21, false, Effect.begin(ACTIVE)));
        assertThat(check(push(12, 13, 204))).containsExactly(Claim.ENFORCED);
        assertThat(check(push(12, 13, 401))).isEmpty();
        assertThat(check(push(12, 20.1, 204))).isEmpty();
        assertThat(check(push(20.5, 22, 401))).isEmpty();
        assertThat(check(push(21, 22, 401))).containsExactly(Claim.IN_FORCE);
    }

    @Test
    void anOverlapEndsByTheClockAndNotByTheAnswer() {
        changes.add(new Change(
                "regenerate", nanos(10), nanos(11), true, List.of(Effect.end(SECRET, Duration.ofSeconds(20)))));
        assertThat(check(push(12, 13, 401))).containsExactly(Claim.IN_FORCE);
        assertThat(check(push(29, 29.9, 401))).containsExactly(Claim.IN_FORCE);
        assertThat(check(push(29, 30.1, 401))).isEmpty();
        assertThat(check(push(30.9, 32, 204))).isEmpty();
        assertThat(check(push(31.1, 32, 204))).containsExactly(Claim.ENFORCED, Claim.BOUNDED);
    }

    @Test
    void anOverlapThatIsFinishedEndsThen() {
        changes.add(new Change(
                "regenerate", nanos(10), nanos(11), true, List.of(Effect.end(SECRET, Duration.ofSeconds(20)))));
        changes.add(change("finish", 14, 15, true, Effect.end(SECRET)));
        assertThat(check(push(15, 16, 204))).containsExactly(Claim.ENFORCED);
        assertThat(check(push(13, 14.5, 401))).isEmpty();
    }

    @Test
    void changesOfOneFactFollowOneAnother() {
        changes.add(change("revoke", 1.5, 3, false, Effect.end(SECRET)));
        assertThatThrownBy(() -> check(push(4, 5, 204)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("revoke was called before make was answered");
    }

    private List<Claim> check(Push push) {
        return new TimelineChecker(Duration.ofSeconds(5))
                .check(new History(changes, List.of(push), List.of())).violations().stream()
                        .map(TimelineChecker.Violation::claim)
                        .toList();
    }

    private static Change change(String what, double called, double answered, boolean enforced, Effect... effects) {
        return new Change(what, nanos(called), nanos(answered), enforced, List.of(effects));
    }

    private static Push push(double sent, double answered, int status) {
        return new Push(0, "push", List.of(SECRET, ACTIVE), nanos(sent), nanos(answered), status);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
