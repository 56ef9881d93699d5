package io.keyledger.audit.verify;

import io.keyledger.audit.chain.AlarmKind;
import io.keyledger.audit.chain.ChainTip;
import io.keyledger.audit.record.EventMapping;
import io.keyledger.audit.record.RecordedEvent;
import io.keyledger.audit.record.RecordedEvents;
import io.keyledger.audit.record.RevokedToken;
import io.keyledger.audit.record.SearchColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recomputes the record from its bytes: every leaf and chain, the numbers without gaps, and everything that was derived for
 * searching. What it cannot see from the record alone is that the last events were taken away: compare the tips with the
 * log, which still has them.
 */
public final class Verifier {

    private static final int FINDINGS_KEPT = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RecordedEvents record;
    private final EventMapping mapping;

    public Verifier(RecordedEvents record, EventMapping mapping) {
        this.record = record;
        this.mapping = mapping;
    }

    /** Reads all of it once. */
    public Verification verify() {
        var ledgerId = record.ledgerId().orElse(null);
        var pass = new Pass(ledgerId);
        record.forEach(pass::take);
        var tips = new TreeMap<Integer, Verification.Tip>();
        pass.tips.forEach((partition, tip) -> tips.put(
                partition, new Verification.Tip(tip.revision(), tip.chain().toString())));
        return new Verification(
                ledgerId, pass.events, pass.unread, record.countAllAlarms(), tips, pass.findings, pass.findingsInAll);
    }

    private final class Pass {
        private final @Nullable UUID ledgerId;
        private final Map<Integer, ChainTip> tips = new HashMap<>();
        private final Map<UUID, Long> organizations = new HashMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private long findingsInAll;
        private long events;
        private long unread;

        Pass(@Nullable UUID ledgerId) {
            this.ledgerId = ledgerId;
        }

        void take(RecordedEvent event) {
            events++;
            takeStep(event);
            var mapped = mapping.map(event.evidence());
            var fault = mapped.fault().orElse(null);
            if (fault != null && fault.kind() == AlarmKind.UNREADABLE_EVENT) {
                unread++;
                return;
            }
            if (fault != null) {
                find(Finding.Kind.CHAIN, event, fault.detail());
            }
            takeOrganization(event, mapped.columns());
            takeDerived(event, mapped);
        }

        private void takeDerived(RecordedEvent event, EventMapping.Mapped mapped) {
            if (event.columns().eventId() == null
                    || (event.columns().payload() == null && mapped.columns().payload() != null)) {
                // It could not be read or searched when it was recorded; its bytes hold all the same.
                unread++;
                return;
            }
            if (!sameColumns(event.columns(), mapped.columns())) {
                find(Finding.Kind.COLUMNS, event, "What it is found by is not what its bytes say.");
            }
            if (!event.revoked()
                    .map(RevokedToken::withoutHint)
                    .equals(mapped.revoked().map(RevokedToken::withoutHint))) {
                find(Finding.Kind.REVOKED_TOKEN, event, "The revoked secret is not recorded as its bytes say.");
            }
        }

        private void takeStep(RecordedEvent event) {
            var evidence = event.evidence();
            var tip = tips.get(evidence.partition());
            if (tip == null) {
                // Without the ledger's id no chain can begin rightly: every partition's first event is found.
                tip = ChainTip.genesis(ledgerId == null ? new UUID(0, 0) : ledgerId, evidence.partition());
            }
            var step = tip.step(evidence);
            step.fault().ifPresent(fault -> find(Finding.Kind.CHAIN, event, fault.detail()));
            tips.put(evidence.partition(), step.tip());
        }

        private void takeOrganization(RecordedEvent event, SearchColumns columns) {
            var organization = columns.organizationId();
            var revision = columns.organizationRevision();
            if (organization == null || revision == null) {
                return;
            }
            var last = organizations.put(organization, revision);
            var expected = last == null ? 1 : last + 1;
            if (revision != expected && unread == 0) {
                find(
                        Finding.Kind.ORGANIZATION_REVISION,
                        event,
                        "Expected number " + expected + " of organization " + organization + ", but got " + revision
                                + ".");
            }
        }

        private void find(Finding.Kind kind, RecordedEvent event, String detail) {
            findingsInAll++;
            if (findings.size() < FINDINGS_KEPT) {
                findings.add(new Finding(
                        kind, event.evidence().partition(), event.evidence().revision(), detail));
            }
        }
    }

    private static boolean sameColumns(SearchColumns stored, SearchColumns derived) {
        // Two texts of JSON may be the same value: PostgreSQL keeps the value and not the text.
        return stored.withPayload(null).equals(derived.withPayload(null))
                && Objects.equals(json(stored), json(derived));
    }

    private static @Nullable Object json(SearchColumns columns) {
        return columns.payload() == null ? null : JSON.readTree(columns.payload());
    }
}
