package io.keyledger.key.api;

import io.keyledger.event.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.springframework.http.HttpStatus;

/** The hosts that are to be the System's, kept until all are known: only then it is known which ones are not. */
final class WantedHosts {

    /** More than a System should have, and what fits into memory whatever their names are. */
    static final int MOST = 200_000;

    /** What a host takes beside its characters. */
    private static final int OVERHEAD_BYTES = 32;

    private final List<HostName> hosts = new ArrayList<>();
    private final IntConsumer hold;

    /** @param hold takes room for so many bytes, or throws */
    WantedHosts(IntConsumer hold) {
        this.hold = hold;
    }

    void add(HostName host) {
        if (hosts.size() == MOST) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too_large",
                    "Expected at most " + MOST
                            + " hosts to replace a System's by: link them, and unlink what is gone.");
        }
        hold.accept(OVERHEAD_BYTES + host.value().length());
        hosts.add(host);
    }

    /** By name, each once. */
    List<HostName> sorted() {
        return hosts.stream().sorted().distinct().toList();
    }
}
