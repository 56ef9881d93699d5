package io.keyledger.key.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.key.receipt.Heard;
import io.keyledger.key.receipt.Receipt;
import io.keyledger.key.receipt.Standing;
import io.keyledger.key.receipt.Statuses;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static final String ADDRESS = "http://10.0.0.1:8081";

    @Test
    void whoServesIsPushedToAlsoIfItIsSilent() {
        assertThat(Target.of(List.of(
                        heard("live", State.SERVING, Standing.LIVE, ADDRESS),
                        heard("silent", State.SERVING, Standing.SILENT, ADDRESS),
                        heard("starting", State.STARTING, Standing.LAGGING, ADDRESS),
                        heard("gone", State.SERVING, Standing.GONE, ADDRESS),
                        heard("left", State.GOODBYE, Standing.GONE, ADDRESS))))
                .extracting(Target::id)
                .containsExactly("live", "silent");
    }

    @Test
    void aProcessThatTookAnothersPlaceIsPushedToOnce() {
        assertThat(Target.of(List.of(
                        heard("one", State.SERVING, Standing.SILENT, ADDRESS),
                        heard("one", State.SERVING, Standing.LIVE, ADDRESS),
                        heard("one", State.SERVING, Standing.LIVE, "http://10.0.0.2:8081"))))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:8081,http://10.0.0.1:8081/",
        "https://collector.example,https://collector.example/",
        "http://[fe80::1]:8081/,http://[fe80::1]:8081/",
        "http://me:secret@10.0.0.1:8081/path?query#part,http://10.0.0.1:8081/"
    })
    void anAddressIsAHostAndAPort(String told, String used) {
        assertThat(address(told)).contains(URI.create(used));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:8081", "file:///etc/passwd", "ftp://10.0.0.1/", "http:///push", "not one", ""})
    void whatIsNoneIsNotUsed(String told) {
        assertThat(address(told)).isEmpty();
    }

    private static Optional<URI> address(String told) {
        return Target.of(List.of(heard("one", State.SERVING, Standing.LIVE, told)))
                .getFirst()
                .address();
    }

    private static Receipt.Named heard(String id, State state, Standing standing, String address) {
        var now = Instant.now();
        var status = Statuses.of(id, 1, 1).status(now);
        var told = new CollectorStatus(
                status.collectorId(),
                status.version(),
                status.region(),
                address,
                status.startedAt(),
                now,
                state,
                status.health(),
                status.staleness(),
                status.maxStaleness(),
                status.failOpen(),
                status.applied());
        return new Receipt.Named(new Heard(told, now, Duration.ZERO), standing, false);
    }
}
