package io.keyledger.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import io.keyledger.event.KeyId;
import io.keyledger.event.KeyKind;
import io.keyledger.event.KeyStatus;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.ingest.gate.Denial;
import io.keyledger.table.Row.KeyRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is counted is told once, as totals since the start, and in bounded memory. */
class BooksTest {

    private static final Instant FIRST = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(5);
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0, 1));
    private static final KeyRow KEY = new KeyRow(
            SecretHash.ofSecret("k"),
            ORGANIZATION,
            new KeyId(new UUID(0, 2)),
            KeyKind.GLOBAL,
            KeyStatus.ACTIVE,
            null,
            null,
            Set.of(),
            FIRST,
            null,
            null,
            1);

    @Test
    void usageIsTotalsSinceTheStartOfWhatChanged() {
        var book = new UsageBook(10);
        book.add(KEY, new HostName("a"), 2, 20, "10.0.0.1", FIRST);
        book.add(KEY, new HostName("b"), 1, 10, "10.0.0.1", FIRST);
        assertThat(book.takeChanged().values().iterator().next()).hasSize(2);
        assertThat(book.takeChanged()).isEmpty();

        book.add(KEY, new HostName("a"), 3, 30, "10.0.0.2", LATER);
        var changed = book.takeChanged();
        var usage = changed.values().iterator().next().getFirst();
        assertThat(usage.items()).isEqualTo(5);
        assertThat(usage.pushes()).isEqualTo(2);
        assertThat(usage.bytes()).isEqualTo(50);
        assertThat(usage.address()).isEqualTo("10.0.0.2");
        assertThat(usage.firstUsedAt()).isEqualTo(FIRST);
        assertThat(usage.lastUsedAt()).isEqualTo(LATER);

        changed.forEach(book::giveBack);
        assertThat(book.takeChanged()).isEqualTo(changed);
    }

    @Test
    void hostsBeyondTheBoundAreCountedTogether() {
        var book = new UsageBook(2);
        for (var i = 0; i < 100; i++) {
            book.add(KEY, new HostName("h" + i), 1, 1, null, FIRST);
        }
        var usage = book.takeChanged().values().iterator().next();
        assertThat(usage).hasSize(3);
        assertThat(usage.stream().mapToLong(it -> it.items()).sum()).isEqualTo(100);
    }

    @Test
    void aFloodOfBadPushesIsOneEntry() {
        var book = new DenialBook(2);
        for (var i = 0; i < 1_000; i++) {
            book.add(new DenialBook.Refused(null, Denial.UNKNOWN_KEY, null, "hint" + i, "10.0.0." + i, null), FIRST);
        }
        var refused = book.takeChanged().values().iterator().next();
        assertThat(refused).hasSize(3);
        assertThat(refused.stream().mapToLong(it -> book.report(it).count()).sum())
                .isEqualTo(1_000);
        assertThat(book.takeChanged()).isEmpty();
        book.giveBack(List.of(refused.getFirst()));
        assertThat(book.takeChanged()).hasSize(1);
    }
}
