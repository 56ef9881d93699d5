package io.keyledger.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Brings all parts up at once, since each waits by itself for what it needs; starts again what crashes, ever more slowly;
 * takes them down level by level, from the last.
 */
final class Supervisor {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofSeconds(60);
    private static final int ATTEMPTS_AT_START = 3;

    private final List<List<Part>> levels;
    private final Duration startTimeout;
    private final Duration firstPause;
    private final Progress progress;
    private final long begun = System.nanoTime();
    private volatile boolean stopping;

    /**
     * @param levels side by side within a level; a level needs those before it
     * @param startTimeout how long a part may take to become ready
     * @param firstPause before a part that ended is started again; doubled each time
     */
    Supervisor(List<List<Part>> levels, Duration startTimeout, Duration firstPause, Progress progress) {
        this.levels = levels;
        this.startTimeout = startTimeout;
        this.firstPause = firstPause;
        this.progress = progress;
    }

    /** A part that would not come up at the first start. */
    static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Part part;

        StartFailed(Part part) {
            super(part.name() + " did not come up");
            this.part = part;
        }

        Part part() {
            return part;
        }
    }

    /** Returns when every part is ready; from then on each is kept running. */
    void start() throws StartFailed {
        var ready = new LinkedHashMap<Part, CompletableFuture<Void>>();
        for (Part part : levels.stream().flatMap(List::stream).toList()) {
            var future = new CompletableFuture<Void>();
            ready.put(part, future);
            Thread.ofPlatform().daemon().name("keep-" + part.name()).start(() -> keep(part, future));
        }
        await(ready);
    }

    /** Returns when every part has ended. */
    void stop() {
        stopping = true;
        for (List<Part> level : levels.reversed()) {
            var ending = new ArrayList<CompletableFuture<Void>>();
            for (Part part : level) {
                ending.add(CompletableFuture.runAsync(() -> end(part), Supervisor::inThread));
            }
            ending.forEach(CompletableFuture::join);
        }
    }

    private void await(Map<Part, CompletableFuture<Void>> ready) throws StartFailed {
        var all = CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new));
        while (!all.isDone() && ready.values().stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
            progress.await(
                    ready.entrySet().stream()
                            .filter(entry -> !entry.getValue().isDone())
                            .map(entry -> entry.getKey().name())
                            .toList(),
                    since(begun));
            Processes.pause(LOOK);
        }
        progress.await(List.of(), Duration.ZERO);
        for (Map.Entry<Part, CompletableFuture<Void>> entry : ready.entrySet()) {
            if (entry.getValue().isCompletedExceptionally()) {
                throw new StartFailed(entry.getKey());
            }
        }
    }

    private void keep(Part part, CompletableFuture<Void> ready) {
        Duration pause = firstPause;
        for (int attempt = 1; !stopping; attempt++) {
            long start = System.nanoTime();
            String why = run(part, ready);
            if (stopping) {
                return;
            }
            if (!ready.isDone() && attempt == ATTEMPTS_AT_START) {
                progress.say("✗ " + part.name() + " " + why);
                ready.completeExceptionally(new CompletionException(why, null));
                return;
            }
            pause = since(start).compareTo(STABLE) > 0 ? firstPause : pause;
            progress.say("✗ " + part.name() + " " + why + "; starting it again in " + Progress.seconds(pause)
                    + " (log: "
                    + part.log().file() + ")");
            Processes.pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    /** Starts it once, tells when it is ready, and returns why it ended. */
    private String run(Part part, CompletableFuture<Void> ready) {
        long start = System.nanoTime();
        try {
            begin(part);
        } catch (IOException | RuntimeException | LinkageError e) {
            return "could not be started" + causes(e);
        }
        while (!part.isReady()) {
            if (stopping || part.process().isEmpty()) {
                return part.ending();
            }
            if (since(start).compareTo(startTimeout) > 0) {
                end(part);
                return "was not ready within " + startTimeout.toSeconds() + " s";
            }
            Processes.pause(LOOK);
        }
        progress.say(String.format(Locale.ROOT, "  ✓ %-16s%s", part.name(), Progress.seconds(since(start))));
        ready.complete(null);
        while (!stopping && part.process().isPresent()) {
            Processes.pause(LOOK);
        }
        return part.ending();
    }

    /** With {@link #end} under one lock: what is being taken down is not started any more. */
    private void begin(Part part) throws IOException {
        synchronized (part) {
            if (!stopping) {
                part.start();
            }
        }
    }

    private static void end(Part part) {
        synchronized (part) {
            part.stop();
        }
    }

    private static String causes(@Nullable Throwable e) {
        return e == null ? "" : ": " + e.getMessage() + causes(e.getCause());
    }

    private static void inThread(Runnable task) {
        Thread.ofPlatform().name("stop").start(task);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
