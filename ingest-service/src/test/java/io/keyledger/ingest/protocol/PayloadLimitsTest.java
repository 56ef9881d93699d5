package io.keyledger.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that payloads take beside their bytes: asked for before it is used. */
class PayloadLimitsTest {

    private static final int LINES = 10_000;

    private final AtomicLong taken = new AtomicLong();

    private Scanned scan(String text, int lines, long room) {
        return scan(text, lines, room, 1024);
    }

    private Scanned scan(String text, int lines, long room, int recordBytes) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var limits = new PayloadLimits(recordBytes, lines);
        return LineScanner.scan(
                bytes, bytes.length, Precision.NANOSECONDS, 1, limits, more -> taken.addAndGet(more) <= room);
    }

    @Test
    void moreLinesThanAreTakenAreToldApart() {
        assertThat(scan("a b=1 1\n".repeat(10), 10, Long.MAX_VALUE)).isInstanceOf(ScannedLines.class);
        assertThat(scan("a b=1 1\n".repeat(11), 10, Long.MAX_VALUE)).isEqualTo(new Scanned.TooManyLines());
        assertThat(scan("a\n".repeat(11), 10, Long.MAX_VALUE)).isEqualTo(new Scanned.TooManyLines());
        assertThat(scan("\n".repeat(100) + "# c\n", 10, Long.MAX_VALUE)).isInstanceOf(ScannedLines.class);
    }

    @Test
    void aUsualPayloadTakesNextToNothing() {
        assertThat(scan("cpu,host=a usage=1.5 1700000000000000000\n".repeat(LINES), LINES, 1_000_000))
                .isInstanceOf(ScannedLines.class);
        assertThat(taken).hasValueLessThan(2L * LINES);
    }

    /** A timestamp to append, a run of its own or a host of its own: each has its price. */
    @ParameterizedTest
    @ValueSource(strings = {"a b=1\n", "a b=1 1\nx\n", "a,host=%d b=1 1\n"})
    void whatIsKeptOfALineIsPaidFor(String line) {
        var text = IntStream.range(0, LINES).mapToObj(line::formatted).collect(Collectors.joining());

        assertThat(scan(text, 2 * LINES, Long.MAX_VALUE)).isInstanceOf(ScannedLines.class);
        assertThat(taken).hasValueGreaterThan(16L * LINES);
        taken.set(0);
        assertThat(scan(text, 2 * LINES, 4L * LINES)).isEqualTo(new Scanned.NoRoom());
        // It ends there: what is asked for is less than it would be in the end.
        assertThat(taken).hasValueLessThan(16L * LINES);
    }

    /** Six bytes become twenty-six: a record is made when it is asked for, and holds no more than a record may. */
    @Test
    void shortLinesExpandRecordByRecord() {
        var scanned = (ScannedLines) scan("a b=1\n".repeat(LINES), LINES, Long.MAX_VALUE);
        var all = new BitSet();
        all.set(0);
        Iterator<LineRecord> records = new LineCutter(scanned, all);

        var bytes = 0L;
        var lines = 0;
        while (records.hasNext()) {
            var record = records.next();
            assertThat(record.value()).hasSizeLessThanOrEqualTo(1024);
            bytes += record.value().length;
            lines += record.lines();
        }
        assertThat(lines).isEqualTo(LINES);
        assertThat(bytes).isEqualTo(8L * LINES).isLessThanOrEqualTo(scanned.outputBytes());
    }

    /** Each may have a System of its own, and a record that names too many of them is one that no broker takes. */
    @Test
    void aRecordHasNoMoreHostsThanItsHeaderCanName() {
        var text = IntStream.range(0, LineCutter.MAX_HOSTS + 1)
                .mapToObj("a,host=%d b=1 1\n"::formatted)
                .collect(Collectors.joining());
        var scanned = (ScannedLines) scan(text, LineCutter.MAX_HOSTS + 1, Long.MAX_VALUE, 512 * 1024);
        var all = new BitSet();
        all.set(0, LineCutter.MAX_HOSTS + 1);
        Iterator<LineRecord> records = new LineCutter(scanned, all);

        var first = records.next();
        assertThat(first.hosts().cardinality()).isEqualTo(LineCutter.MAX_HOSTS);
        var second = records.next();
        assertThat(new String(second.value(), StandardCharsets.UTF_8))
                .isEqualTo("a,host=%d b=1 1\n".formatted(LineCutter.MAX_HOSTS));
        assertThat(records.hasNext()).isFalse();
    }

    /** To the usual hash of a string all of these are one, and it is the senders who choose them. */
    @Test
    void collidingHostsAreToldApart() {
        var hosts = IntStream.range(0, 1 << 14)
                .mapToObj(number -> IntStream.range(0, 14)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "a~" : "b_")
                        .collect(Collectors.joining()))
                .toList();
        assertThat(hosts.stream().map(String::hashCode).distinct()).hasSize(1);

        var text = hosts.stream().map("cpu,host=%s v=1 1\n"::formatted).collect(Collectors.joining());
        var scanned = (ScannedLines) scan(text, hosts.size(), Long.MAX_VALUE);

        assertThat(scanned.hosts().stream().map(host -> host.orElseThrow().value()))
                .containsExactlyElementsOf(hosts);
    }
}
