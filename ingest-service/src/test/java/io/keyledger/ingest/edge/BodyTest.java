package io.keyledger.ingest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.OrganizationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies in memory: collected, decompressed, bounded. */
class BodyTest {

    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0, 1));

    private final ByteBudget budget = new ByteBudget(1_000_000, 1_000_000);
    private final ByteBudget.Share share = budget.share(ORGANIZATION);

    private ByteCollector collector(int limit, long contentLength) {
        return new ByteCollector(share, limit, contentLength, ByteCollector.FIRST, Encoding.IDENTITY);
    }

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
        var collector = collector(100, 10);
        assertThat(collector.add(bytes("hello"))).isNull();
        assertThat(collector.add(bytes("world"))).isNull();

        assertThat(collector.whole().bytes()).isEqualTo("helloworld".getBytes(StandardCharsets.UTF_8));
        assertThat(budget.used()).isEqualTo(10);
        share.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void anAnnouncementCostsNothing() {
        var collector = collector(500_000, 500_000);
        assertThat(budget.used()).isZero();
        assertThat(collector.add(bytes("hello"))).isNull();
        assertThat(budget.used()).isEqualTo(ByteCollector.FIRST);

        assertThat(collector.add(ByteBuffer.wrap(new byte[499_995]))).isNull();
        assertThat(collector.whole().bytes()).hasSize(500_000);
        assertThat(budget.used()).isEqualTo(500_000);
    }

    @Test
    void aBodyWithoutAnnouncementGrows() {
        var collector = collector(200_000, -1);
        for (var i = 0; i < 15; i++) {
            assertThat(collector.add(ByteBuffer.wrap(new byte[10_000]))).isNull();
        }
        assertThat(collector.whole().length()).isEqualTo(150_000);
    }

    @Test
    void moreThanTheLimitIsTooLarge() {
        var lines = collector(10, -1);
        assertThat(lines.add(bytes("12345\n789"))).isNull();
        assertThat(lines.add(bytes("01"))).isEqualTo(new Collected.TooLarge(false));

        var oneLine = collector(10, 11);
        assertThat(oneLine.add(bytes("1234567890"))).isNull();
        assertThat(oneLine.add(bytes("1"))).isEqualTo(new Collected.TooLarge(true));
    }

    /** The last chunk belongs to the lines, and the line feed at the end makes no second line. */
    @Test
    void whetherItIsOneLineIsSeenInAllOfIt() {
        assertThat(collector(10, -1).add(bytes("1234567890\n"))).isEqualTo(new Collected.TooLarge(true));
        assertThat(collector(10, -1).add(bytes("1234567890\n2"))).isEqualTo(new Collected.TooLarge(false));
    }

    @Test
    void aCompressedLineIsOneLineToo() throws IOException {
        assertThat(overflow(gzip("x".repeat(100_000).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Collected.TooLarge(true));
        assertThat(overflow(gzip("x=1\n".repeat(25_000).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Collected.TooLarge(false));
    }

    /** Of a body that is too large as it is sent. */
    private @Nullable Collected overflow(Collected.Whole compressed) {
        var limit = compressed.length() - 8;
        return new ByteCollector(share, limit, -1, ByteCollector.FIRST, Encoding.GZIP)
                .add(ByteBuffer.wrap(compressed.bytes(), 0, compressed.length()));
    }

    @Test
    void aBodyThatWouldNeverFitIsTooLarge() {
        var small = new ByteBudget(1_000_000, 20_000).share(ORGANIZATION);
        var collector = new ByteCollector(small, 500_000, -1, ByteCollector.FIRST, Encoding.IDENTITY);
        assertThat(collector.add(ByteBuffer.wrap(new byte[10_000]))).isNull();
        assertThat(collector.add(ByteBuffer.wrap(new byte[10_000]))).isEqualTo(new Collected.TooLarge(true));
    }

    @Test
    void moreThanTheBudgetHasNoRoom() {
        var other = budget.share(ORGANIZATION);
        assertThat(other.take(999_999)).isTrue();
        assertThat(collector(100, 10).add(bytes("hello"))).isEqualTo(new Collected.NoRoom());
        other.close();
        assertThat(collector(100, 10).add(bytes("hello"))).isNull();
    }

    /** Whatever is thrown away, or begun anew, meanwhile. */
    @Test
    void whatIsRefusedHoldsNothing() {
        var tooLarge = collector(20_000, -1);
        assertThat(tooLarge.add(ByteBuffer.wrap(new byte[20_000]))).isNull();
        assertThat(tooLarge.add(bytes("1"))).isInstanceOf(Collected.TooLarge.class);
        assertThat(budget.used()).isZero();

        var noRoom = collector(300_000, -1);
        assertThat(noRoom.add(ByteBuffer.wrap(new byte[100_000]))).isNull();
        var other = budget.share(ORGANIZATION);
        assertThat(other.take(700_000)).isTrue();
        assertThat(noRoom.add(ByteBuffer.wrap(new byte[100_000]))).isEqualTo(new Collected.NoRoom());
        assertThat(budget.used()).isEqualTo(700_000);
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
        assertThat(budget.used()).isZero();
    }

    @Test
    void aTrailerThatTellsTooMuchCostsNothing() throws IOException {
        var liar = gzip("cpu v=1 1\n".getBytes(StandardCharsets.UTF_8));
        Arrays.fill(liar.bytes(), liar.length() - 3, liar.length() - 1, (byte) 0x0F);
        assertThat(Gunzip.decompress(liar, share, 1_000_000)).isEqualTo(new Collected.Broken());
        assertThat(budget.used()).isEqualTo(ByteCollector.FIRST);
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
