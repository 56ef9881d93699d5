package io.keyledger.ingest.usage;

import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.Verdict;
import io.keyledger.ingest.protocol.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The counters of pushes. Label values come from enums alone, so that no sender can make new series. */
public final class PushMeters {

    private static final String PUSHES = "keyledger.gate.pushes";
    private static final String VERDICT = "verdict";
    private static final String DENIAL = "denial";

    private final Counter requests;
    private final Counter metrics;
    private final Counter unlinked;
    private final Counter malformed;
    private final Counter refusals;
    private final Counter allowed;
    private final Counter partly;
    private final Counter canary;
    private final Map<Denial, Counter> denied;
    private final Map<Verdict.Cause, Counter> unready;
    private final Map<Fault, Counter> faulty;

    public PushMeters(MeterRegistry registry) {
        requests = counter(registry, "keyledger.push.requests", "Pushes that arrived");
        metrics = counter(registry, "keyledger.metrics.received", "Lines that were accepted and acknowledged");
        unlinked = counter(registry, "keyledger.hosts.unlinked", "Hosts of pushes that are linked to no System");
        malformed = counter(registry, "keyledger.parse.errors", "Lines and bodies that cannot be read");
        refusals = counter(registry, "keyledger.auth.failures", "Pushes refused for their key, whole or in part");
        allowed = pushes(registry, "allowed", "none");
        partly = pushes(registry, "partly", "none");
        canary = pushes(registry, "canary", "none");
        denied = byEnum(Denial.class, denial -> pushes(registry, "denied", denial.code()));
        unready = byEnum(Verdict.Cause.class, cause -> pushes(registry, "unready", cause.code()));
        faulty = byEnum(Fault.class, fault -> pushes(registry, "malformed", fault.code()));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static Counter pushes(MeterRegistry registry, String verdict, String denial) {
        return Counter.builder(PUSHES)
                .description("Pushes by what became of them, and why")
                .tag(VERDICT, verdict)
                .tag(DENIAL, denial)
                .register(registry);
    }

    private static <E extends Enum<E>> Map<E, Counter> byEnum(Class<E> type, Function<E, Counter> counter) {
        var all = new EnumMap<E, Counter>(type);
        for (var value : type.getEnumConstants()) {
            all.put(value, counter.apply(value));
        }
        return all;
    }

    private static void increment(Map<?, Counter> counters, Enum<?> value, double by) {
        var counter = counters.get(value);
        if (counter != null) {
            counter.increment(by);
        }
    }

    /** A push arrived. */
    public void onRequest() {
        requests.increment();
    }

    /** A push was accepted, or its good part. */
    public void onAccepted(int lines, boolean whole) {
        metrics.increment(lines);
        (whole ? allowed : partly).increment();
    }

    /** A push of the prober was decided, one way or the other: nobody's telemetry, and no failure of anybody. */
    public void onCanary() {
        canary.increment();
    }

    /** A push was refused whole. */
    public void onDenied(Denial denial) {
        refusals.increment();
        increment(denied, denial, 1);
    }

    /** Some hosts of a push were refused. */
    public void onPartlyDenied() {
        refusals.increment();
    }

    /** A push has to come again. */
    public void onUnready(Verdict.Cause cause) {
        increment(unready, cause, 1);
    }

    /** A push can never pass as it is. */
    public void onFault(Fault fault) {
        increment(faulty, fault, 1);
        if (fault == Fault.BODY_UNREADABLE) {
            malformed.increment();
        }
    }

    /** What a payload held, whatever became of it. */
    public void onScanned(int malformedLines) {
        malformed.increment(malformedLines);
    }

    /** Hosts of a push that are linked to no System. */
    public void onUnlinked(int hosts) {
        unlinked.increment(hosts);
    }

    /** The five counters of every Collector, since its start. */
    public Totals totals() {
        return new Totals(
                (long) metrics.count(),
                (long) requests.count(),
                (long) refusals.count(),
                (long) unlinked.count(),
                (long) malformed.count());
    }

    /**
     * The five counters of every Collector.
     *
     * @param metricsReceived lines that were accepted and acknowledged
     * @param pushRequests pushes that arrived, whatever became of them
     * @param authFailures pushes refused for their key, whole or in part
     * @param unlinkedHosts hosts of pushes that are linked to no System, each once a push
     * @param parseErrors lines and bodies that cannot be read
     */
    public record Totals(
            long metricsReceived, long pushRequests, long authFailures, long unlinkedHosts, long parseErrors) {}
}
