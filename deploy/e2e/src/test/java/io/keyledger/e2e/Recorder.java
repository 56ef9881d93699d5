package io.keyledger.e2e;

import io.keyledger.e2e.Api.Answer;
import io.keyledger.e2e.History.Change;
import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.History.Note;
import io.keyledger.e2e.History.Push;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes changes and pushes, and writes down what was asked, what came back, and when. */
final class Recorder {

    private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(90);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(200);

    private final long origin = System.nanoTime();
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
    private final Queue<Note> notes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger pushed = new AtomicInteger();
    private final AtomicInteger secrets = new AtomicInteger();

    /** A secret, and the name of the fact that it holds. */
    record Credential(String fact, String secret) {
        @Override
        public String toString() {
            return fact;
        }
    }

    /** A call of the API. */
    record Call(
            String what,
            String method,
            String path,
            @Nullable Object body) {}

    /** What a push presents. */
    record Candidate(Credential credential, String host, List<String> needs) {}

    /** The name of a secret that is about to be made. */
    String nextSecret() {
        return "secret " + secrets.incrementAndGet();
    }

    /** Notes what holds from now on. */
    void given(String what, List<Effect> effects) {
        changes.add(new Change(what, now(), now(), false, effects));
    }

    void note(String text) {
        notes.add(new Note(now(), text));
    }

    int changed() {
        return changed.get();
    }

    String soFar() {
        return "%d changes and %d pushes in %d s"
                .formatted(changed.get(), pushed.get(), Duration.ofNanos(now()).toSeconds());
    }

    /**
     * Makes a change, and asks again with the same {@code Idempotency-Key} until it is answered.
     *
     * @param wait whether the answer waits for the Collectors
     * @return the answer; what was refused has no effects
     */
    Answer change(Api api, Call call, boolean wait, List<Effect> effects) {
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var path = wait ? call.path() + "?wait=enforced&timeout=PT3S" : call.path();
        long called = now();
        while (now() - called < UNTIL_GIVEN_UP.toNanos()) {
            try {
                var answer = api.send(call.method(), path, call.body(), headers);
                if (answer.status() / 100 == 2) {
                    changes.add(new Change(call.what(), called, now(), isEnforced(answer), effects));
                    changed.incrementAndGet();
                    return answer;
                }
                if (answer.status() < 500 && !answer.text("code").equals("idempotency_key_in_use")) {
                    return answer;
                }
            } catch (UncheckedIOException e) {
                note(call.what() + ": " + e.getCause());
            }
            Await.pause(BEFORE_RETRY);
        }
        throw new AssertionError("Expected an answer to " + call.what() + " within " + UNTIL_GIVEN_UP + ".");
    }

    void push(int collector, URI uri, Candidate candidate) {
        var what = candidate.credential() + " for " + candidate.host();
        long sent = now();
        int status;
        try {
            status = Tenant.push(
                            uri, candidate.credential().secret(), "timeline,host=" + candidate.host() + " value=1\n")
                    .statusCode();
        } catch (UncheckedIOException _) {
            status = 0;
        }
        pushed.incrementAndGet();
        pushes.add(new Push(collector, what, candidate.needs(), sent, now(), status));
    }

    History history() {
        return new History(List.copyOf(changes), List.copyOf(pushes), List.copyOf(notes));
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private static boolean isEnforced(Answer answer) {
        int of = answer.body().path("enforcement").path("of").asInt(0);
        return of > 0 && answer.body().path("enforcement").path("enforcedOn").asInt(-1) == of;
    }
}
