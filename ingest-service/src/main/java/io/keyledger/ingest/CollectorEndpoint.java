package io.keyledger.ingest;

import io.keyledger.ingest.edge.TableStanding;
import io.keyledger.ingest.usage.PushRecorder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** {@code /actuator/collector}: the five counters of every Collector, since its start. */
@Component
@Endpoint(id = "collector")
public class CollectorEndpoint {

    private final String id;
    private final TableStanding standing;
    private final PushRecorder recorder;

    CollectorEndpoint(@Value("${keyledger.collector.id}") String id, TableStanding standing, PushRecorder recorder) {
        this.id = id;
        this.standing = standing;
        this.recorder = recorder;
    }

    /** The counters, and whether the Collector serves. */
    @ReadOperation
    public View read() {
        var totals = recorder.meters().totals();
        return new View(
                id,
                standing.loaded(),
                totals.metricsReceived(),
                totals.pushRequests(),
                totals.authFailures(),
                totals.unlinkedHosts(),
                totals.parseErrors());
    }

    /**
     * What is shown.
     *
     * @param ready whether the tables are loaded
     * @param metricsReceived lines that were accepted and acknowledged
     * @param pushRequests pushes that arrived, whatever became of them
     * @param authFailures pushes refused for their key, whole or in part
     * @param unlinkedHosts hosts of pushes that are linked to no System, each once a push
     * @param parseErrors lines and bodies that cannot be read
     */
    public record View(
            String collectorId,
            boolean ready,
            long metricsReceived,
            long pushRequests,
            long authFailures,
            long unlinkedHosts,
            long parseErrors) {}
}
