package io.keyledger.key.ledger;

import static io.keyledger.key.ledger.Fixtures.BILLING;
import static io.keyledger.key.ledger.Fixtures.ORGANIZATION;
import static io.keyledger.key.ledger.Fixtures.OWNER;
import static io.keyledger.key.ledger.Fixtures.SHIPPING;
import static io.keyledger.key.ledger.Fixtures.hosts;
import static io.keyledger.key.ledger.Fixtures.plus;
import static io.keyledger.key.ledger.Fixtures.systems;
import static io.keyledger.key.ledger.Fixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyEvent;
import io.keyledger.event.KeyEvent.HostsLinked;
import io.keyledger.event.KeyEvent.HostsUnlinked;
import io.keyledger.event.KeyEvent.SystemRegistered;
import io.keyledger.event.SystemId;
import io.keyledger.key.ledger.Command.LinkHosts;
import io.keyledger.key.ledger.Command.ReplaceHosts;
import io.keyledger.key.ledger.Command.UnlinkHosts;
import io.keyledger.key.ledger.Rejection.Fact;
import io.keyledger.table.Row.HostRow;
import io.keyledger.table.RowKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostDeciderTest {

    private static final SystemId THIRD = new SystemId(uuid("third"));

    @Test
    void hostsAreLinkedOnceWhateverTheirCase() {
        var scenario = Scenario.given(systems())
                .when(new LinkHosts(BILLING, hosts("Web-2", "WEB-1", "web-1"), false))
                .then(new HostsLinked(BILLING, hosts("web-1", "web-2"), null));

        var answer = scenario.answer(Answer.OfHosts.class);
        assertThat(answer.linked()).isEqualTo(hosts("web-1", "web-2"));
        assertThat(answer.system().hostCount()).isEqualTo(2);
        assertThat(answer.system().version()).isEqualTo(2);
        assertThat(scenario.changes())
                .containsExactly(
                        new RowChange.Put(new HostRow(ORGANIZATION, new HostName("web-1"), BILLING, 7)),
                        new RowChange.Put(new HostRow(ORGANIZATION, new HostName("web-2"), BILLING, 7)));
    }

    @Test
    void whatIsLinkedHereAlreadyIsNoChange() {
        linked().when(new LinkHosts(BILLING, hosts("web-1", "web-9"), false))
                .then(new HostsLinked(BILLING, hosts("web-9"), null))
                .when(new LinkHosts(BILLING, hosts("WEB-1"), true))
                .then()
                .when(new LinkHosts(BILLING, List.of(), false))
                .then();
    }

    @Test
    void aHostOfAnotherSystemIsNamedWithItsSystem() {
        linked().when(new LinkHosts(BILLING, hosts("app-1"), false))
                .thenRefused(Fact.HOST_LINKED_ELSEWHERE, "app-1", "Shipping", SHIPPING, "move")
                .when(new ReplaceHosts(BILLING, hosts("web-1", "app-1", "app-2"), false, null))
                .thenRefused(Fact.HOST_LINKED_ELSEWHERE, "app-1", "Shipping", SHIPPING, "1 more");
    }

    @Test
    void aMoveSaysFromWhereAndNeverUnlinksInBetween() {
        var scenario = Scenario.given(plus(systems(), new SystemRegistered(THIRD, "Third")))
                .and(
                        OWNER,
                        new HostsLinked(SHIPPING, hosts("app-1", "app-2"), null),
                        new HostsLinked(THIRD, hosts("db-1"), null))
                .when(new LinkHosts(BILLING, hosts("app-1", "db-1", "new-1"), true));

        assertThat(scenario.log().subList(9, 12).stream().map(event -> event.event()))
                .containsExactlyInAnyOrder(
                        new HostsLinked(BILLING, hosts("new-1"), null),
                        new HostsLinked(BILLING, hosts("app-1"), SHIPPING),
                        new HostsLinked(BILLING, hosts("db-1"), THIRD));
        assertThat(scenario.changes()).hasSize(3).allMatch(RowChange.Put.class::isInstance);
        assertThat(scenario.row(new RowKey.OfHost(ORGANIZATION, new HostName("APP-1")), HostRow.class))
                .map(HostRow::systemId)
                .contains(BILLING);
        assertThat(hostCount(scenario, BILLING)).isEqualTo(3);
        assertThat(hostCount(scenario, SHIPPING)).isEqualTo(1);
        assertThat(hostCount(scenario, THIRD)).isZero();
        assertThat(scenario.answer(Answer.OfHosts.class).linked()).isEqualTo(hosts("app-1", "db-1", "new-1"));
    }

    @Test
    void replacingLinksWhatIsNewAndUnlinksWhatIsNotNamed() {
        var scenario = linked().when(new ReplaceHosts(BILLING, hosts("web-2", "web-3"), false, 2L))
                .then(new HostsUnlinked(BILLING, hosts("web-1")), new HostsLinked(BILLING, hosts("web-3"), null));

        var answer = scenario.answer(Answer.OfHosts.class);
        assertThat(answer.linked()).isEqualTo(hosts("web-3"));
        assertThat(answer.unlinked()).isEqualTo(hosts("web-1"));
        assertThat(scenario.state().hostsOf(ORGANIZATION, BILLING, null, 10)).isEqualTo(hosts("web-2", "web-3"));
        assertThat(scenario.changes())
                .startsWith(
                        new RowChange.Remove(ORGANIZATION, new RowKey.OfHost(ORGANIZATION, new HostName("web-1")), 9));
    }

    @Test
    void replacingMayMove() {
        linked().when(new ReplaceHosts(BILLING, hosts("app-1"), true, null))
                .then(
                        new HostsUnlinked(BILLING, hosts("web-1", "web-2")),
                        new HostsLinked(BILLING, hosts("app-1"), SHIPPING));
    }

    @Test
    void replacingWithTheSameIsNoEvent() {
        linked().when(new ReplaceHosts(BILLING, hosts("web-2", "web-1"), false, 2L))
                .then();
    }

    @Test
    void theSecondOfTwoEditorsIsToldSo() {
        linked().when(new ReplaceHosts(BILLING, hosts("web-1"), false, 1L))
                .thenRefused(Fact.VERSION_MISMATCH, "version 1", "version 2");
    }

    @Test
    void unlinkedHostsBelongToNoSystem() {
        var scenario = linked().when(new UnlinkHosts(BILLING, hosts("WEB-2", "web-1")))
                .then(new HostsUnlinked(BILLING, hosts("web-1", "web-2")));
        assertThat(scenario.state().findSystemOfHost(ORGANIZATION, new HostName("web-1")))
                .isEmpty();
        assertThat(hostCount(scenario, BILLING)).isZero();
        assertThat(scenario.rows()).doesNotContainKey(new RowKey.OfHost(ORGANIZATION, new HostName("web-1")));
    }

    @Test
    void aHostThatIsNotLinkedHereCannotBeUnlinkedHere() {
        linked().when(new UnlinkHosts(BILLING, hosts("web-1", "unheard-of")))
                .thenRefused(Fact.HOST_NOT_LINKED, "unheard-of", "Billing", "none")
                .when(new UnlinkHosts(BILLING, hosts("app-1")))
                .thenRefused(Fact.HOST_NOT_LINKED, "app-1", "Shipping", SHIPPING);
    }

    @Test
    void aSystemThatIsNotThereIsNamed() {
        for (var command : List.of(
                new LinkHosts(THIRD, hosts("web-1"), false),
                new ReplaceHosts(THIRD, hosts("web-1"), false, null),
                new UnlinkHosts(THIRD, hosts("web-1")))) {
            linked().when(command).thenRefused(Fact.SYSTEM_NOT_FOUND, THIRD);
        }
    }

    @Test
    void moreThan500ChangesAreTooManyAndNoneIsMade() {
        var many = many(501);
        Scenario.given(systems())
                .when(new LinkHosts(BILLING, many, false))
                .thenRefused(Fact.TOO_MANY_CHANGES, "500", "501", "parts")
                .when(new LinkHosts(BILLING, many.subList(0, 500), false))
                .then(new HostsLinked(BILLING, many.subList(0, 500), null))
                // 501 are named, but one alone is a change.
                .when(new LinkHosts(BILLING, many, false))
                .then(new HostsLinked(BILLING, many.subList(500, 501), null))
                .when(new ReplaceHosts(BILLING, List.of(), false, null))
                .thenRefused(Fact.TOO_MANY_CHANGES, "501")
                .when(new UnlinkHosts(BILLING, many))
                .thenRefused(Fact.TOO_MANY_CHANGES, "501")
                .when(new ReplaceHosts(BILLING, many.subList(500, 501), false, null))
                .then(new HostsUnlinked(BILLING, many.subList(0, 500)));
    }

    @Test
    void aReplacementCountsBothSides() {
        var many = many(600);
        var scenario = Scenario.given(systems())
                .when(new LinkHosts(BILLING, many.subList(0, 300), false))
                .when(new ReplaceHosts(BILLING, many.subList(300, 600), false, null))
                .thenRefused(Fact.TOO_MANY_CHANGES, "600");
        assertThat(hostCount(scenario, BILLING)).isEqualTo(300);
    }

    private static Scenario linked() {
        return Scenario.given(systems())
                .and(OWNER, linked(BILLING, "web-1", "web-2"), linked(SHIPPING, "app-1", "app-2"));
    }

    private static KeyEvent linked(SystemId system, String... names) {
        return new HostsLinked(system, hosts(names), null);
    }

    private static List<HostName> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new HostName("host-%04d".formatted(number)))
                .toList();
    }

    private static int hostCount(Scenario scenario, SystemId system) {
        return scenario.state()
                .findSystem(ORGANIZATION, system)
                .map(LedgerState.SystemState::hostCount)
                .orElseThrow();
    }
}
