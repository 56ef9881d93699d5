package io.keyledger.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scanner and a parser written apart from it read random payloads alike; a failing test names its seed. */
class LineScannerPropertyTest {

    private static final long NOW = 1_795_000_000_123_456_789L;
    private static final List<Precision> UNITS =
            List.of(Precision.NANOSECONDS, Precision.MICROSECONDS, Precision.MILLISECONDS, Precision.SECONDS);
    private static final String[] PIECES = {
        "cpu", "mem", ",host=", ",host=a", ",HOST=b", "host", "=", ",", " ", "  ", "\t", "\\", "\\\\", "\\,", "\\ ",
                "\\=", "\"", "\\\"",
        "\n", "\n", "\n", "\r\n", "\r", "\f", "#", "# c\n", "v=1", " v=1i", " s=\"x,host=y \"", "1", "-5", "1.5e3", "i",
                "u", "t", "false",
        "cpu,host=a v=1 1\n", "cpu,host=a\\,b\\ c msg=\"q\\\"\n\" 12\n", "m v=2\n", "é", "\u00ff", "x", "0", "1e400",
                " 1700000000\n"
    };

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsAsTheReference(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 500; round++) {
            var precision = UNITS.get(random.nextInt(UNITS.size()));
            var text = text(random);
            check(text, precision, random);
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var pieces = 1 + random.nextInt(30); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static void check(String text, Precision precision, Random random) {
        var charset = random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        var bytes = text.getBytes(charset);
        var reference = ReferenceParser.parse(new String(bytes, StandardCharsets.ISO_8859_1), precision.nanos());

        var limits = new PayloadLimits(1 << 20, Integer.MAX_VALUE);
        var scanned = (ScannedLines) LineScanner.scan(bytes, bytes.length, precision, NOW, limits, _ -> true);

        assertThat(scanned.malformed()).as("malformed lines of «%s»", text).isEqualTo(reference.malformed);
        assertThat(scanned.lines()).as("lines of «%s»", text).isEqualTo(reference.lines.size());
        assertThat(List.copyOf(scanned.hosts()))
                .as("hosts of «%s»", text)
                .containsExactlyInAnyOrderElementsOf(reference.lines.stream()
                        .map(ReferenceParser.Line::host)
                        .distinct()
                        .toList());
        var passing = new BitSet();
        for (var host = 0; host < scanned.hosts().size(); host++) {
            passing.set(host, random.nextInt(3) > 0);
        }
        checkOutput(text, scanned, passing, reference);
    }

    /** What goes on, read again, is what the reference lets pass, each with a timestamp in nanoseconds. */
    private static void checkOutput(String text, ScannedLines scanned, BitSet passing, ReferenceParser reference) {
        var expected = new ArrayList<String>();
        for (var line : reference.lines) {
            if (passing.get(scanned.hosts().indexOf(line.host()))) {
                expected.add(line.beforeTimestamp().stripLeading() + " "
                        + (line.timestamp() == null ? NOW : line.timestamp()));
            }
        }
        var actual = new ArrayList<String>();
        var parts = new LineCutter(scanned, passing);
        while (parts.hasNext()) {
            var part = parts.next();
            var again = ReferenceParser.parse(new String(part.value(), StandardCharsets.ISO_8859_1), 1);
            assertThat(again.malformed).as("malformed output of «%s»", text).isZero();
            assertThat(again.lines).hasSize(part.lines());
            for (var line : again.lines) {
                assertThat(line.timestamp()).isNotNull();
                actual.add(line.beforeTimestamp().stripLeading() + " " + line.timestamp());
            }
            assertHosts(scanned.hosts(), part, again);
        }
        assertThat(actual).as("output of «%s»", text).isEqualTo(expected);
    }

    private static void assertHosts(List<Optional<HostName>> hosts, LineRecord part, ReferenceParser again) {
        assertThat(part.hosts().stream().mapToObj(hosts::get))
                .containsExactlyInAnyOrderElementsOf(again.lines.stream()
                        .map(ReferenceParser.Line::host)
                        .distinct()
                        .toList());
        assertThat(hosts.get(part.firstHost())).isEqualTo(again.lines.getFirst().host());
    }
}
