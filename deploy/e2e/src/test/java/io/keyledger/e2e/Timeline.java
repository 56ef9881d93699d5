package io.keyledger.e2e;

import io.keyledger.e2e.History.Push;
import io.keyledger.e2e.TimelineChecker.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One run: clients change, agents push and faults happen, all at once. */
final class Timeline {

    private static final int ORGANIZATIONS = 3;
    private static final int SYSTEMS = 2;
    private static final int AGENTS = 3;
    private static final int PAUSE_MS = 400;
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(10);
    private static final int TELL_EVERY_SECONDS = 20;

    /** How much of the history is told around a violation. */
    private static final long AROUND = Duration.ofSeconds(2).toNanos();

    private static final int TOLD_PUSHES = 20;

    private final Suite suite;
    private final Drill drill;
    private final Recorder recorder = new Recorder();
    private final Random seeds;
    private final List<TimelineClient> clients = new ArrayList<>();
    private final List<SystemClient> systems = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    Timeline(Suite suite, Drill drill) {
        this.suite = suite;
        this.drill = drill;
        this.seeds = new Random(drill.seed());
        for (int i = 0; i < ORGANIZATIONS; i++) {
            var name = "organization " + i;
            var tenant = suite.newTenant(name);
            var organization = new OrganizationClient(tenant, recorder, random(), name);
            clients.add(organization);
            for (int j = 0; j < SYSTEMS; j++) {
                systems.add(new SystemClient(tenant, organization, recorder, random(), "host-" + i + "-" + j));
            }
        }
        clients.addAll(systems);
    }

    /** Lets these faults happen, again and again until so many changes are made. */
    History run(int changes, Duration longestFault, Consumer<Faults> happen) throws Exception {
        var faults = new Faults(suite, recorder, random(), longestFault);
        var all = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var teller = Executors.newSingleThreadScheduledExecutor()) {
            var _ = teller.scheduleAtFixedRate(
                    () -> drill.print(recorder.soFar()), TELL_EVERY_SECONDS, TELL_EVERY_SECONDS, TimeUnit.SECONDS);
            for (int collector = 0; collector < suite.collectors.size(); collector++) {
                for (int agent = 0; agent < AGENTS; agent++) {
                    int to = collector;
                    var random = random();
                    all.add(threads.submit(() -> pushAgain(to, random)));
                }
            }
            for (var client : clients) {
                var random = random();
                all.add(threads.submit(() -> changeAgain(client, random)));
            }
            try {
                do {
                    happen.accept(faults);
                } while (recorder.changed() < changes && all.stream().noneMatch(Future::isDone));
            } finally {
                isOver.set(true);
            }
        }
        for (var one : all) {
            one.get();
        }
        return recorder.history();
    }

    private void pushAgain(int collector, Random random) {
        while (!isOver.get()) {
            var candidate = systems.get(random.nextInt(systems.size())).candidate(random);
            recorder.push(collector, suite.collectorUris.get(collector), candidate);
            Await.pause(BETWEEN_PUSHES);
        }
    }

    private void changeAgain(TimelineClient client, Random random) {
        while (!isOver.get()) {
            client.change();
            Await.pause(Duration.ofMillis(random.nextInt(PAUSE_MS)));
        }
    }

    private Random random() {
        return new Random(seeds.nextLong());
    }

    /** A violation, and what happened around it. */
    static String tell(History history, Violation violation) {
        var push = violation.push();
        var against = violation.against();
        var lines = new ArrayList<String>();
        lines.add(violation.claim() + " violated: " + tell(push) + (against == null ? "" : " against " + against));
        history.changes().stream()
                .filter(change -> change.called() < push.answered()
                        && change.effects().stream()
                                .anyMatch(effect -> push.needs().contains(effect.fact())))
                .forEach(change ->
                        lines.add("  change " + seconds(change.called()) + " to " + seconds(change.answered()) + " "
                                + change.what() + (change.enforced() ? ", enforced: " : ": ") + change.effects()));
        history.notes().stream()
                .filter(note -> note.at() < push.answered())
                .forEach(note -> lines.add("  note   " + seconds(note.at()) + " " + note.text()));
        history.pushes().stream()
                .filter(other ->
                        other.collector() == push.collector() && other.what().equals(push.what()))
                .filter(other -> Math.abs(other.sent() - push.sent()) < AROUND)
                .limit(TOLD_PUSHES)
                .forEach(other -> lines.add("  push   " + tell(other)));
        return String.join(System.lineSeparator(), lines);
    }

    /** How often each status was answered. */
    static String statuses(History history) {
        return history.pushes().stream()
                .collect(Collectors.groupingBy(Push::status, TreeMap::new, Collectors.counting()))
                .toString();
    }

    private static String tell(Push push) {
        return seconds(push.sent()) + " to " + seconds(push.answered()) + " " + push.what() + " on collector "
                + push.collector() + ": " + push.status();
    }

    private static String seconds(long nanos) {
        return "%.4f".formatted(nanos / 1e9);
    }
}
