package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.HostName;
import io.keyledger.key.api.HostLines.Format;
import io.keyledger.key.api.HostLines.Host;
import io.keyledger.key.api.HostLines.Line;
import io.keyledger.key.api.HostLines.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HostLinesTest {

    private static final Format NDJSON = Format.ndjson(json());

    /** As of any other body. */
    private static JsonMapper json() {
        var builder = JsonMapper.builder();
        new JsonConfiguration().strictJson().customize(builder);
        return builder.build();
    }

    @Test
    void aHostIsALine() {
        assertThat(read(Format.TEXT, "web-1\nWEB-2\r\n\n  a b \t\n   \nlast"))
                .containsExactly(host(1, "web-1"), host(2, "web-2"), host(4, "a b"), host(6, "last"));
    }

    @Test
    void aFilesFirstMarkIsNoHost() {
        assertThat(read(Format.TEXT, "\uFEFFweb-1\n")).containsExactly(host(1, "web-1"));
        assertThat(read(Format.TEXT, "")).isEmpty();
        assertThat(read(Format.TEXT, "\n\n")).isEmpty();
    }

    @Test
    void aHostIsAnObjectOrAString() {
        assertThat(read(NDJSON, "{\"host\":\"web-1\"}\n\"Web-2\"\n{\"host\":\" \\u00fc\"}\r\n"))
                .containsExactly(host(1, "web-1"), host(2, "web-2"), host(3, " ü"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web-1",
                "{\"host\":17}",
                "{\"name\":\"web-1\"}",
                "{\"host\":\"web-1\",\"system\":\"x\"}",
                "{\"host\":\"web-1\",\"host\":\"web-2\"}",
                "{\"host\":\"web-1\"} {\"host\":\"web-2\"}",
                "[\"web-1\"]",
                "null",
                "{\"host\":null}",
                "{\"host\":\"\"}",
                "{\"host\":\"a\\nb\"}",
                "{\"host\":\"\\ud800\"}",
                "{\"host\":"
            })
    void whatIsNoHostIsNamedAndPassedOver(String line) {
        var lines = read(NDJSON, line + "\n{\"host\":\"next\"}");
        assertThat(lines).hasSize(2).last().isEqualTo(host(2, "next"));
        assertThat(lines.getFirst()).isInstanceOf(Unreadable.class);
    }

    @Test
    void aLineThatIsTooLongOrNoTextIsPassedOver() {
        var long1 = "x".repeat(256);
        var long2 = "y".repeat(100_000);
        assertThat(read(Format.TEXT, long1 + "\n" + long2 + "\nweb-1\n" + long2))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Unreadable.class),
                        second -> assertThat(((Unreadable) second).why()).contains("8192"),
                        third -> assertThat(third).isEqualTo(host(3, "web-1")),
                        fourth -> assertThat(fourth.number()).isEqualTo(4));
        var latin1 = new HostLines(new ByteArrayInputStream(new byte[] {(byte) 0xFC, '\n', 'a'}), Format.TEXT);
        assertThat(latin1.next()).isEqualTo(new Unreadable(1, "Expected UTF-8."));
        assertThat(latin1.next()).isEqualTo(host(2, "a"));
    }

    @Test
    void theLongestHostFitsInWhateverWayItIsWritten() {
        var escaped = "\\u00fc".repeat(255);
        assertThat(read(NDJSON, "{\"host\":\"" + escaped + "\"}")).containsExactly(host(1, "ü".repeat(255)));
    }

    @Test
    void aBodyThatBreaksOffIsSaidToDoSo() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        var lines = new HostLines(
                new SequenceInputStream(
                        new ByteArrayInputStream("web-1\nweb".getBytes(StandardCharsets.UTF_8)), broken),
                Format.TEXT);
        assertThat(lines.next()).isEqualTo(host(1, "web-1"));
        assertThatThrownBy(lines::next).isInstanceOf(ProblemException.class).hasMessageContaining("breaks off");
    }

    private static List<Line> read(Format format, String body) {
        var lines = new HostLines(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), format);
        var read = new ArrayList<Line>();
        for (var line = lines.next(); line != null; line = lines.next()) {
            read.add(line);
        }
        return read;
    }

    private static Host host(long number, String name) {
        return new Host(number, new HostName(name));
    }
}
