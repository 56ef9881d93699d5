package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static io.keyledger.key.ledger.Fixtures.systems;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.LinkEachHost;
import io.keyledger.key.ledger.Command.UnlinkOtherHosts;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a change of hosts that is too large for one command. */
class HostPartDeciderTest {

    private static final SystemId NOWHERE = new SystemId(uuid("nowhere"));

    @Test
    void whatCanBeLinkedIsLinkedAndTheRestIsNamed() {
        var scenario = Scenario.given(systems())
                .and(OWNER, new HostsLinked(SHIPPING, hosts("s-1", "s-2"), null))
                .and(OWNER, new HostsLinked(BILLING, hosts("b-1"), null))
                .when(new LinkEachHost(BILLING, hosts("b-2", "s-2", "b-1", "s-1", "b-2"), false, null))
                .then(new HostsLinked(BILLING, hosts("b-2"), null));
        var answer = scenario.answer(Answer.OfSomeHosts.class);
        assertThat(answer.linked()).isEqualTo(1);
        assertThat(answer.unlinked()).isZero();
        assertThat(answer.refused())
                .extracting(Answer.RefusedHost::host)
                .containsExactlyElementsOf(hosts("s-1", "s-2"));
        assertThat(answer.refused()).allSatisfy(refused -> {
            assertThat(refused.why().fact()).isEqualTo(Fact.HOST_LINKED_ELSEWHERE);
            assertThat(refused.why().message()).contains(refused.host().value(), "Shipping", SHIPPING.toString());
        });
    }

    @Test
    void whoAsksToMoveGetsAll() {
        var scenario = Scenario.given(systems())
                .and(OWNER, new HostsLinked(SHIPPING, hosts("s-1"), null))
                .when(new LinkEachHost(BILLING, hosts("s-1", "b-1"), true, null))
                .then(new HostsLinked(BILLING, hosts("b-1"), null), new HostsLinked(BILLING, hosts("s-1"), SHIPPING));
        assertThat(scenario.answer(Answer.OfSomeHosts.class)).isEqualTo(new Answer.OfSomeHosts(2, 0, List.of(), null));
    }

    @Test
    void aPartThatIsThereAlreadyChangesNothing() {
        Scenario.given(systems())
                .when(new LinkEachHost(BILLING, hosts("b-1"), false, null))
                .when(new LinkEachHost(BILLING, hosts("b-1"), false, null))
                .then()
                .when(new LinkEachHost(BILLING, List.of(), false, null))
                .then();
    }

    @Test
    void theRestBetweenTwoNamesIsUnlinked() {
        var scenario =
                Scenario.given(systems()).and(OWNER, new HostsLinked(BILLING, hosts("a", "b", "c", "d", "e"), null));
        scenario.when(unlink("a", "d", "c")).then(new HostsUnlinked(BILLING, hosts("b", "d")));
        assertThat(scenario.answer(Answer.OfSomeHosts.class)).isEqualTo(new Answer.OfSomeHosts(0, 2, List.of(), null));
        scenario.when(unlink(null, "b", "b")).then(new HostsUnlinked(BILLING, hosts("a")));
        scenario.when(unlink("d", null)).then(new HostsUnlinked(BILLING, hosts("e")));
        scenario.when(unlink(null, null, "c")).then();
        scenario.when(unlink(null, null)).then(new HostsUnlinked(BILLING, hosts("c")));
    }

    @Test
    void anotherSystemsHostsStay() {
        var scenario = Scenario.given(systems())
                .and(OWNER, new HostsLinked(SHIPPING, hosts("s-1"), null))
                .when(unlink(null, null))
                .then();
        assertThat(scenario.state().findSystemOfHost(ORGANIZATION, new HostName("s-1")))
                .contains(SHIPPING);
    }

    @Test
    void noPartUnlinksMoreThanOneCommandMayAndEachSaysWhereTheRestBegins() {
        var scenario = Scenario.given(systems());
        var kept = numbered(0, 500);
        for (int from = 0; from < 3_000; from += 500) {
            scenario.when(new LinkEachHost(BILLING, numbered(from, from + 500), false, null));
        }
        HostName after = null;
        var parts = 0;
        do {
            scenario.when(new UnlinkOtherHosts(BILLING, after, null, kept));
            var answer = scenario.answer(Answer.OfSomeHosts.class);
            assertThat(answer.unlinked()).isLessThanOrEqualTo(Limits.HOST_CHANGES);
            after = answer.next();
            parts++;
        } while (after != null);
        assertThat(parts).isBetween(6, 8);
        assertThat(scenario.state().hostsOf(ORGANIZATION, BILLING, null, 10_000))
                .isEqualTo(kept);
    }

    @Test
    void aPartHasBounds() {
        Scenario.given(systems())
                .when(new LinkEachHost(BILLING, numbered(0, 501), false, null))
                .thenRefused(Fact.TOO_MANY_CHANGES, 500, 501)
                .when(new UnlinkOtherHosts(BILLING, null, null, numbered(0, 501)))
                .thenRefused(Fact.TOO_MANY_CHANGES, 500, 501)
                .when(new LinkEachHost(BILLING, numbered(0, 500), false, 17L))
                .thenRefused(Fact.VERSION_MISMATCH, 17)
                .when(new LinkEachHost(NOWHERE, hosts("a"), false, null))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, NOWHERE)
                .when(new UnlinkOtherHosts(NOWHERE, null, null, List.of()))
                .thenRefused(Fact.SYSTEM_NOT_FOUND, NOWHERE);
    }

    private static UnlinkOtherHosts unlink(@Nullable String after, @Nullable String through, String... kept) {
        return new UnlinkOtherHosts(
                BILLING,
                after == null ? null : new HostName(after),
                through == null ? null : new HostName(through),
                hosts(kept));
    }

    private static List<HostName> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new HostName("h-%05d".formatted(i)))
                .toList();
    }
}
