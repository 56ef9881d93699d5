package io.keyledger.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.HostName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {

    private static final long NOW = 1_795_000_000_123_456_789L;

    private static ScannedLines scan(String text) {
        return scan(text, Precision.NANOSECONDS, 512 * 1024);
    }

    private static ScannedLines scan(String text, Precision precision, int limit) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return scan(bytes, precision, limit);
    }

    private static ScannedLines scan(byte[] bytes, Precision precision, int limit) {
        var limits = new PayloadLimits(limit, Integer.MAX_VALUE);
        return (ScannedLines) LineScanner.scan(bytes, bytes.length, precision, NOW, limits, _ -> true);
    }

    private static List<String> hosts(ScannedLines lines) {
        return lines.hosts().stream()
                .map(host -> host.map(HostName::value).orElse("(none)"))
                .toList();
    }

    private static List<String> cut(ScannedLines lines) {
        var all = new BitSet();
        all.set(0, lines.hosts().size());
        return cut(lines, all);
    }

    private static List<String> cut(ScannedLines lines, BitSet passing) {
        var parts = new ArrayList<String>();
        new LineCutter(lines, passing)
                .forEachRemaining(part -> parts.add(new String(part.value(), StandardCharsets.UTF_8)));
        return parts;
    }

    @Test
    void findsTheHostUnescapedAndInLowerCase() {
        var lines = scan("""
                cpu,host=a\\,b\\ c,x=1 v=1 1
                cpu,x=1,host=Web-1 v=1 1
                cpu,host=WEB-1 v=1 1
                cpu,host=q\\=r v=1 1
                cpu,host=\\\\srv\\share v=1 1
                cpu,host=ÄÖ v=1 1
                """);

        assertThat(lines.malformed()).isZero();
        assertThat(hosts(lines)).containsExactly("a,b c", "web-1", "q=r", "\\\\srv\\share", "äö");
        assertThat(lines.linesByHost()).containsExactly(1, 2, 1, 1, 1);
    }

    @Test
    void takesNothingInAStringForATag() {
        var lines = scan("""
                cpu,host=a msg="text,host=x v=2 \\" ,host=y \\\\" 1
                cpu,host=a msg="one
                cpu,host=b v=1 2
                " 3
                """);

        assertThat(lines.malformed()).isZero();
        assertThat(lines.lines()).isEqualTo(2);
        assertThat(hosts(lines)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu v=1 1",
                "cpu v=1 1\r\n",
                "  cpu\\ x,a=b v=1i,w=2u,x=-3.5e-7,y=.5,z=5. -1",
                "cpu,a\\=b=c\\,d a\\ b=t,c=FALSE,d=\"\" 1  \n",
                "cpu,a=\"b v=18446744073709551615u,w=-9223372036854775808i 9223372036854775807",
                "a=b,host=x v=1 1",
                "cpu,host=a\\\\\\,b v=1 1",
                "cpu v=007.5 1",
            })
    void acceptsWhatTelegrafReads(String line) {
        var lines = scan(line);

        assertThat(lines.firstError()).isNull();
        assertThat(lines.lines()).isEqualTo(1);
        assertThat(cut(lines)).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu",
                "cpu ",
                ",host=a v=1",
                "cpu,host v=1",
                "cpu,host= v=1",
                "cpu,=a v=1",
                "cpu,host=a,host=b v=1",
                "cpu,host=a",
                "cpu,host=a=b v=1",
                "cpu,host=a\\",
                "cpu,host=a\\\"b v=1",
                "cpu\\\\ x v=1",
                "cpu v",
                "cpu v=",
                "cpu =1",
                "cpu v=1,",
                "cpu v=1, w=2",
                "cpu v=+1",
                "cpu v=-",
                "cpu v=1e",
                "cpu v=1e999",
                "cpu v=01i",
                "cpu v=-1u",
                "cpu v=9223372036854775808i",
                "cpu v=18446744073709551616u",
                "cpu v=tru",
                "cpu v=nan",
                "cpu v=\"abc",
                "cpu v=\"a\\b\"",
                "cpu v=\"a\"b",
                "cpu v=1 x",
                "cpu v=1 1.5",
                "cpu v=1 1 1",
                "cpu v=1 99999999999999999999",
                "cpu v=1 9223372036854775808",
                "cpu\u000bv=1",
                "cpu v=1\rx",
            })
    void refusesOneLineAndGoesOn(String line) {
        var lines = scan("good,host=a v=1 1\n" + line + "\ngood,host=a v=1 2\n");

        var swallows = line.contains("\"abc");
        assertThat(lines.malformed()).isEqualTo(1);
        assertThat(lines.firstError()).startsWith("line 2: expected");
        assertThat(lines.lines()).isEqualTo(swallows ? 1 : 2);
        if (!swallows) {
            assertThat(cut(lines)).containsExactly("good,host=a v=1 1\ngood,host=a v=1 2\n");
        }
    }

    @Test
    void keepsTheAgentsBytesWhenNothingHasToChange() {
        var bytes = "cpu,host=a v=1 1\n\ncpu,host=b v=1 2\r\n# a comment\ncpu v=1 3\n".getBytes(StandardCharsets.UTF_8);
        var lines = scan(bytes, Precision.NANOSECONDS, 1024);
        var all = new BitSet();
        all.set(0, 3);

        var parts = new LineCutter(lines, all);

        var part = parts.next();
        // The comment follows the line of b, so that it stays with it.
        assertThat(part.value()).isSameAs(bytes);
        assertThat(part.lines()).isEqualTo(3);
        assertThat(parts.hasNext()).isFalse();
        assertThat(hosts(lines)).containsExactly("a", "b", "(none)");
    }

    @Test
    void leavesOutTheLinesOfRefusedHosts() {
        var lines = scan("cpu,host=a v=1 1\ncpu,host=b v=1 2\ncpu,host=A v=1 3\ncpu,host=c v=1\n");
        var passing = new BitSet();
        passing.set(0);
        passing.set(2);

        assertThat(cut(lines, passing))
                .containsExactly("cpu,host=a v=1 1\ncpu,host=A v=1 3\ncpu,host=c v=1 " + NOW + "\n");
    }

    @ParameterizedTest
    @CsvSource({"ns,1", "n,1", "us,1000", "u,1000", "ms,1000000", "s,1000000000", "m,60000000000", "h,3600000000000"})
    void convertsThePrecisionToNanoseconds(String parameter, long unit) {
        var precision = Precision.find(parameter).orElseThrow();

        assertThat(cut(scan("cpu v=1 42\ncpu v=2 -7 \r\ncpu v=3\ncpu v=4 \n", precision, 1024)))
                .containsExactly("cpu v=1 " + 42 * unit + "\ncpu v=2 " + -7 * unit + " \r\ncpu v=3 " + NOW
                        + "\ncpu v=4 " + NOW + " \n");
    }

    @Test
    void refusesATimestampThatDoesNotFit() {
        assertThat(scan("cpu v=1 9223372037", Precision.SECONDS, 1024).malformed())
                .isEqualTo(1);
        assertThat(scan("cpu v=1 9223372036", Precision.SECONDS, 1024).malformed())
                .isZero();
        assertThat(scan("cpu v=1 -9223372037", Precision.SECONDS, 1024).malformed())
                .isEqualTo(1);
    }

    @Test
    void completesALastLineWithoutLineFeed() {
        assertThat(cut(scan("cpu v=1"))).containsExactly("cpu v=1 " + NOW);
        assertThat(cut(scan("cpu v=1 1\ncpu v=2 "))).containsExactly("cpu v=1 1\ncpu v=2 " + NOW + " ");
    }

    @Test
    void cutsRecordsAtLines() {
        var line = "cpu,host=a v=1 1\n";
        var parts = cut(scan(line.repeat(10), Precision.NANOSECONDS, 3 * line.length() + 1));

        assertThat(parts).hasSize(4).allMatch(part -> part.endsWith("\n"));
        assertThat(parts.stream().collect(Collectors.joining())).isEqualTo(line.repeat(10));
        assertThat(scan(line, Precision.NANOSECONDS, line.length() - 1).firstError())
                .isEqualTo("line 1: expected a line that fits a record");
    }

    /** It goes nowhere, so that it must not decide about the push either. */
    @Test
    void aLineThatIsTooLongHasNoHost() {
        var lines = scan("cpu,host=a v=1 1\ncpu,host=foreign v=1,w=1,x=1,y=1 1\n", Precision.NANOSECONDS, 20);

        assertThat(lines.malformed()).isEqualTo(1);
        assertThat(hosts(lines)).containsExactly("a");
    }

    @Test
    void countsAHostThatCannotBeLinkedAsNone() {
        assertThat(hosts(scan("cpu,host=" + "x".repeat(256) + " v=1 1\ncpu v=1 1\n")))
                .containsExactly("(none)");
    }

    @Test
    void holdsManyHosts() {
        var text = new StringBuilder();
        for (var i = 0; i < 5_000; i++) {
            text.append("cpu,host=h").append(i % 2_500).append(" v=1 1\n");
        }
        var lines = scan(text.toString());

        assertThat(lines.hosts()).hasSize(2_500);
        assertThat(lines.linesByHost()).containsOnly(2);
    }
}
