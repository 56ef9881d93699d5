package io.keyledger.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyledger.event.Role;
import io.keyledger.event.Topics;
import io.keyledger.event.UserStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The record keys of the tables' topics. */
class RowKeyTest {

    @Test
    void eachKeyIsReadAsItIsWritten() {
        var rows = List.of(
                Rows.globalKey("a"),
                Rows.host("Wéb/1"),
                Rows.system(null),
                Rows.user(Role.OWNER, UserStatus.ACTIVE, null),
                Rows.organization(null));
        assertThat(rows).extracting(row -> RowKey.of(row).topic()).containsExactlyElementsOf(Topics.TABLES);
        for (var row : rows) {
            var key = RowKey.of(row);
            assertThat(RowKey.parse(key.topic(), key.toBytes())).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "key-state, short",
        "host-to-system, no-slash",
        "host-to-system, 00000000-0000-0001-0000-000000000001/",
        "host-to-system, 00000000-0000-0001-0000-000000000001/WEB",
        "system-state, 1-1-1-1-1",
        "user-state, nobody",
        "organization-state, ''",
        "key-events, anything"
    })
    void whatIsNoKeyIsRefused(String topic, String key) {
        assertThatThrownBy(() -> RowKey.parse(topic, key.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdInCapitalsIsNoKeyForCompactionWouldKeepBoth() {
        var id = "0197F0C2-7D7E-7CC3-98C4-DC0C0C07398F";
        assertThatThrownBy(() -> RowKey.parse(Topics.USER_STATE, id.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("lower case");
        assertThat(RowKey.parse(Topics.USER_STATE, id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RowKey.OfUser.class);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> RowKey.parse(Topics.USER_STATE, new byte[] {(byte) 0xC3, 0x28}))
                .hasMessageContaining("UTF-8");
    }
}
