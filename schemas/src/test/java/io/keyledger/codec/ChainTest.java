package io.keyledger.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The vector was computed by another program, of the definition in DESIGN.md. */
class ChainTest {

    private static final UUID LEDGER = UUID.fromString("0197f0c2-7d7e-7cc3-98c4-dc0c0c07398f");
    private static final byte[] KEY = "0197f0c2-0001-7000-8000-000000000001".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BODY = {2, 4, 6, 8};
    private static final Fingerprint SCHEMA = Fingerprint.ofBytes(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    @Test
    void isWhatTheDefinitionSays() {
        var genesis = Chain.genesis(LEDGER, 3);
        var leaf = Chain.leaf(SCHEMA, KEY, 258, BODY);

        assertThat(hex(genesis)).isEqualTo("e98ff6fa1f0ae7fc2d743835415ae629e2b78cc4df112798b327dbf896aa2633");
        assertThat(hex(leaf)).isEqualTo("18a4ca4b83f6b8d1974f5de3f1bc3a364242ef30bdbfb32c831e17f3b2758454");
        assertThat(hex(Chain.next(genesis, leaf)))
                .isEqualTo("4d343eefdde3c5dc1e832a3ba13a2c4a84845d73b774bdc47c50e3d34e77c3f8");
    }

    @Test
    void theFiveBytesBeforeTheBodyDoNotCount() {
        byte[] value = {0, 0, 0, 0, 7, 2, 4, 6, 8};

        assertThat(Chain.leafOfValue(SCHEMA, KEY, 258, value)).isEqualTo(Chain.leaf(SCHEMA, KEY, 258, BODY));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
