package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies in memory: collected, decompressed, bounded. */
class BodyTest {

    private final ByteBudget budget = new ByteBudget(1_000_000);
    private final ByteBudget.Share share = budget.new Share();

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Collected.Whole gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return new Collected.Whole(out.toByteArray(), out.size());
    }

    @Test
    void anAnnouncedBodyFillsItsArrayExactly() {
        var collector = new ByteCollector(share, 100, 10);
        assertThat(collector.add(bytes("hello"))).isNull();
        assertThat(collector.add(bytes("world"))).isNull();

        assertThat(collector.whole().bytes()).isEqualTo("helloworld".getBytes(StandardCharsets.UTF_8));
        assertThat(budget.used()).isEqualTo(10);
        share.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aBodyWithoutAnnouncementGrows() {
        var collector = new ByteCollector(share, 200_000, -1);
        for (var i = 0; i < 15; i++) {
            assertThat(collector.add(ByteBuffer.wrap(new byte[10_000]))).isNull();
        }
        assertThat(collector.whole().length()).isEqualTo(150_000);
    }

    @Test
    void moreThanTheLimitIsTooLarge() {
        var lines = new ByteCollector(share, 10, -1);
        assertThat(lines.add(bytes("12345\n789"))).isNull();
        assertThat(lines.add(bytes("01"))).isEqualTo(new Collected.TooLarge(false));

        var oneLine = new ByteCollector(share, 10, 11);
        assertThat(oneLine.add(bytes("1234567890"))).isNull();
        assertThat(oneLine.add(bytes("1"))).isEqualTo(new Collected.TooLarge(true));
    }

    @Test
    void moreThanTheBudgetHasNoRoom() {
        var other = budget.new Share();
        assertThat(other.take(999_999)).isTrue();
        assertThat(new ByteCollector(share, 100, 10).add(bytes("hello"))).isEqualTo(new Collected.NoRoom());
        other.close();
        assertThat(new ByteCollector(share, 100, 10).add(bytes("hello"))).isNull();
    }

    @Test
    void decompressesExactly() throws IOException {
        var content = "cpu,host=a v=1 1\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);

        var whole = (Collected.Whole) Gunzip.decompress(gzip(content), share, content.length);

        assertThat(whole.bytes()).isEqualTo(content);
        assertThat(whole.length()).isEqualTo(content.length);
    }

    @Test
    void severalMembersAreOneBody() throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(gzip("one\n".getBytes(StandardCharsets.UTF_8)).bytes());
        out.writeBytes(gzip("two three\n".getBytes(StandardCharsets.UTF_8)).bytes());

        var whole = (Collected.Whole)
                Gunzip.decompress(new Collected.Whole(out.toByteArray(), out.size()), share, 1_000_000 / 2);

        assertThat(new String(whole.bytes(), 0, whole.length(), StandardCharsets.UTF_8))
                .isEqualTo("one\ntwo three\n");
    }

    @Test
    void aBombStopsAtTheLimit() throws IOException {
        var bomb = gzip(new byte[10_000_000]);
        // A trailer that lies about the size changes nothing.
        var liar = bomb.bytes().clone();
        Arrays.fill(liar, liar.length - 4, liar.length, (byte) 0);

        assertThat(Gunzip.decompress(bomb, share, 100_000)).isInstanceOf(Collected.TooLarge.class);
        assertThat(Gunzip.decompress(new Collected.Whole(liar, liar.length), share, 100_000))
                .isInstanceOf(Collected.TooLarge.class);
        assertThat(budget.used()).isLessThanOrEqualTo(200_000);
    }

    @Test
    void whatIsNotGzipIsBroken() throws IOException {
        var cut = gzip(new byte[100_000]);
        assertThat(Gunzip.decompress(new Collected.Whole(cut.bytes(), cut.length() / 2), share, 200_000))
                .isEqualTo(new Collected.Broken());
        assertThat(Gunzip.decompress(new Collected.Whole(new byte[0], 0), share, 100))
                .isEqualTo(new Collected.Broken());
    }
}
