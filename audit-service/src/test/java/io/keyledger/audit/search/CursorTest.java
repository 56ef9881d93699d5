package io.keyledger.audit.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 42, Long.MAX_VALUE})
    void readsWhatItWrites(long revision) {
        var cursor = new Cursor(revision, 3);

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!", "17", "17.3"})
    void refusesWhatItDidNotWrite(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "-1.1",
                "+1.1",
                "01.1",
                "9223372036854775808.1",
                "1",
                "1.",
                "1.-1",
                "1.2147483648",
                "r17",
                "1.1 "
            })
    void refusesNumbersThatNoPageHas(String plain) {
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));

        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(text));
    }

    @Test
    void cutsAPageOnlyWhereThereIsMore() {
        assertThat(Page.cut(List.of(9L, 8L, 7L), 2, number -> new Cursor(number, 0)))
                .isEqualTo(new Page<>(List.of(9L, 8L), new Cursor(8, 0)));
        assertThat(Page.cut(List.of(9L, 8L), 2, number -> new Cursor(number, 0)))
                .isEqualTo(new Page<>(List.of(9L, 8L), null));
        assertThat(Page.cut(List.<Long>of(), 2, number -> new Cursor(number, 0)))
                .isEqualTo(new Page<>(List.of(), null));
    }
}
