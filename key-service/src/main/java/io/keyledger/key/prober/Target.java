package io.keyledger.key.prober;

import io.keyledger.event.CollectorReport.CollectorStatus;
import io.keyledger.event.CollectorReport.State;
import io.keyledger.key.receipt.Receipt;
import io.keyledger.key.receipt.Standing;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * A Collector that serves.
 *
 * @param address the base of its URLs; empty if it told none that can be used
 */
record Target(String id, Optional<URI> address) {

    /** A Collector that can be pushed to. */
    record Reached(String id, URI address) {}

    /** All that said that they serve, and count: also those that are silent. */
    static List<Target> of(List<Receipt.Named> collectors) {
        return collectors.stream()
                .filter(collector -> collector.standing() != Standing.GONE)
                .map(collector -> collector.heard().status())
                .filter(status -> status.state() == State.SERVING)
                .map(Target::of)
                // A start whose process before was killed is at the same place.
                .distinct()
                .toList();
    }

    private static Target of(CollectorStatus status) {
        return new Target(
                status.collectorId(), Optional.ofNullable(status.address()).flatMap(Target::parse));
    }

    /** Where a Collector is, and nothing else of what it says: no user, no path, no query. */
    private static Optional<URI> parse(String address) {
        try {
            var told = new URI(address);
            boolean isHttp = "http".equals(told.getScheme()) || "https".equals(told.getScheme());
            return isHttp && told.getHost() != null
                    ? Optional.of(new URI(told.getScheme(), null, told.getHost(), told.getPort(), "/", null, null))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
