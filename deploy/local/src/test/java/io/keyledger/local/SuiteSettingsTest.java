package io.keyledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteSettingsTest {
    @Test
    void namesTheTakenPortAndTheVariableThatMovesIt() throws Exception {
        var environment = new HashMap<String, String>();
        Arrays.stream(SuitePort.values())
                .forEach(port -> environment.put(port.variable(), Integer.toString(Ports.free())));
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            environment.put("KEYLEDGER_PORT_KAFKA", Integer.toString(taken.getLocalPort()));

            assertThat(SuiteSettings.of(environment).takenPorts())
                    .singleElement()
                    .asString()
                    .contains(Integer.toString(taken.getLocalPort()), "Kafka", "KEYLEDGER_PORT_KAFKA=");
        }
    }

    @Test
    void hasTheDocumentedDefaults() {
        SuiteSettings settings = SuiteSettings.of(Map.of("KEYLEDGER_PORT_POSTGRES", " "));

        assertThat(Arrays.stream(SuitePort.values()).map(settings::port))
                .containsExactly(8080, 8081, 9081, 8082, 9092, 9093, 8085, 8086, 15432);
        assertThat(settings.address()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://127.0.0.1:8080/",
        "::, http://127.0.0.1:8080/",
        "192.0.2.7, http://192.0.2.7:8080/",
        "2001:db8::7, http://[2001:db8::7]:8080/",
        "'', http://127.0.0.1:8080/"
    })
    void reachesTheServicesWhereTheyListen(String address, String url) {
        var settings = SuiteSettings.of(Map.of("KEYLEDGER_ADDRESS", address));

        assertThat(settings.url(SuitePort.KEY_SERVICE, "/")).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "-3"})
    void refusesWhatIsNoTime(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SuiteSettings.of(Map.of("KEYLEDGER_START_TIMEOUT_SECONDS", value)))
                .withMessageContainingAll("KEYLEDGER_START_TIMEOUT_SECONDS", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "kafka", "-1", "999999"})
    void refusesWhatIsNoPort(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SuiteSettings.of(Map.of("KEYLEDGER_PORT_KAFKA", value)))
                .withMessageContainingAll("KEYLEDGER_PORT_KAFKA", value);
    }
}
