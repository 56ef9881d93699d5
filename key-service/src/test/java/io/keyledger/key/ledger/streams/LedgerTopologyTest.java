package io.keyledger.key.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.codec.Chain;
import io.keyledger.codec.Fingerprint;
import io.keyledger.codec.LedgerHeaders;
import io.keyledger.codec.RecordType;
import io.keyledger.event.HostName;
import io.keyledger.event.RevocationReason;
import io.keyledger.event.Topics;
import io.keyledger.key.ledger.Answer;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.CommandReply;
import io.keyledger.key.ledger.Fixtures;
import io.keyledger.key.ledger.Rejection.Fact;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a command: events, rows, sources and a reply. */
class LedgerTopologyTest extends LedgerTopologyHarness {

    @Test
    void aCommandBecomesEventsRowsSourcesAndAReply() {
        var reply = applied(create());

        assertThat(reply.events())
                .extracting(CommandReply.EventSummary::type)
                .containsExactly("OrganizationCreated", "UserAdded", "KeyCreated", "KeyCreated");
        assertThat(reply.revision()).isEqualTo(4);
        assertThat(reply.replayed()).isFalse();
        assertThat(reply.touched().keySet())
                .containsExactlyInAnyOrder(
                        Topics.KEY_STATE,
                        Topics.USER_STATE,
                        Topics.ORGANIZATION_STATE,
                        Topics.SEALED_SECRETS,
                        Topics.DATA_KEYS);
        assertThat(records(Topics.KEY_STATE)).hasSize(2);
        assertThat(records(Topics.SEALED_SECRETS)).isNotEmpty();
        assertThat(records(Topics.DATA_KEYS)).hasSize(2);
        assertThat(meters.get("keyledger.ledger.commands")
                        .tags("type", "CreateOrganization", "outcome", "applied")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void revisionsHaveNoGapAndTheChainIsWhole() {
        create();
        for (int i = 0; i < 5; i++) {
            applied(send(register("System " + i)));
            refused(send(register("System " + i)));
        }
        var chain = Chain.genesis(TestLedger.LEDGER_ID, 0);
        var revision = 0L;
        for (var record : records(Topics.KEY_EVENTS)) {
            var headers = record.headers();
            var event =
                    codec.decode(RecordType.KEY_EVENTS, record.value(), headers).orThrow();
            revision++;
            assertThat(event.revision()).isEqualTo(revision);
            assertThat(event.organizationRevision()).isEqualTo(revision);
            assertThat(LedgerHeaders.findRevision(headers)).hasValue(revision);
            var leaf = Chain.leafOfValue(
                    Fingerprint.ofBytes(
                            headers.lastHeader(Topics.HEADER_FINGERPRINT).value()),
                    record.key(),
                    revision,
                    record.value());
            chain = Chain.next(chain, leaf);
            assertThat(headers.lastHeader(Topics.HEADER_LEAF).value()).isEqualTo(leaf);
            assertThat(headers.lastHeader(Topics.HEADER_CHAIN).value()).isEqualTo(chain);
        }
        assertThat(revision).isEqualTo(9);
    }

    @Test
    void aRevealedSecretIsTheCurrentOneAndNoneAfterTheRevoke() {
        create();
        var sealed = Fixtures.secret("global-2");
        applied(send(new Command.RegenerateCollectorKey(null, sealed, null)));
        var revealed = applied(send(new Command.RevealCollectorKey(null)));
        assertThat(((Answer.OfKey) revealed.answer()).sealed()).isEqualTo(sealed.sealed());

        drain();
        applied(send(new Command.RevokeCollectorKey(null, RevocationReason.COMPROMISED, null)));
        assertThat(records(Topics.SEALED_SECRETS))
                .singleElement()
                .satisfies(tombstone -> assertThat(tombstone.getValue()).isNull());
        assertThat(refused(send(new Command.RevealCollectorKey(null)))
                        .rejection()
                        .fact())
                .isNotEqualTo(Fact.FAILED);
    }

    @Test
    void anAnswerThatChangesNothingNamesTheLastRowOfEachTable() {
        var created = applied(create());
        var changed = applied(send(new Command.ChangeSettings(false, null, null, null)));
        var again = applied(send(new Command.ChangeSettings(false, null, null, null)));
        assertThat(again.events()).isEmpty();
        assertThat(again.changedNow()).isFalse();
        assertThat(again.at()).isEqualTo(changed.at());
        assertThat(again.touched())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Topics.ORGANIZATION_STATE,
                        changed.revision(),
                        Topics.KEY_STATE,
                        created.touched().get(Topics.KEY_STATE),
                        Topics.USER_STATE,
                        created.touched().get(Topics.USER_STATE)));
    }

    @Test
    void anHourlyRecordLetsTheDataKeysBeCompacted() {
        create();
        drain();
        driver.advanceWallClockTime(LedgerProcessor.UPKEEP_EVERY);
        assertThat(records(Topics.DATA_KEYS)).singleElement().satisfies(record -> {
            assertThat(record.getValue()).isNull();
            assertThat(LedgerHeaders.findRevision(record.headers())).hasValue(4);
        });
    }

    @Test
    void everyStepAndStoreHasAName() {
        assertThat(driver.getAllStateStores().keySet()).containsExactlyInAnyOrderElementsOf(LedgerStores.NAMES);
        assertThat(topology(1).describe().toString()).doesNotContain("KSTREAM");
    }

    @Test
    void theMostAndLongestHostsOfOneCommandFitTheirRecords() {
        create();
        drain();
        var name = "h".repeat(250);
        applied(send(new Command.RegisterSystem(Fixtures.BILLING, "Billing")));
        var hosts = IntStream.range(0, 500)
                .mapToObj(i -> new HostName(name + String.format("%04d", i)))
                .toList();
        var linked = applied(send(new Command.LinkHosts(Fixtures.BILLING, hosts, false)));
        assertThat(((Answer.OfHosts) linked.answer()).linked()).hasSize(500);
        assertThat(records(Topics.HOST_TO_SYSTEM)).hasSize(500);
    }
}
