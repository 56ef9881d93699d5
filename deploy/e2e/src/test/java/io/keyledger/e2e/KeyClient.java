package io.keyledger.e2e;

import io.keyledger.e2e.Api.Answer;
import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.Recorder.Call;
import io.keyledger.e2e.Recorder.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The only one who changes a Collector key, so that its changes have an order. */
final class KeyClient {

    /** How many secrets are tried: enough for some that ended longer ago than a Collector may go on without a proof. */
    private static final int TRIED = 16;

    /** The overlap has ended by itself: the only change that may be refused here. */
    private static final String OVER = "no_overlap";

    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private final Tenant tenant;
    private final Recorder recorder;
    private final Random random;
    private final String name;
    private final String path;

    /** The newest first. */
    private volatile List<Credential> known = List.of();

    /** Null: there is none, or its secret is not known, but its end is. */
    private @Nullable String current;

    /** What is in an overlap, or was. */
    private @Nullable String previous;

    KeyClient(Tenant tenant, Recorder recorder, Random random, String name, String path) {
        this.tenant = tenant;
        this.recorder = recorder;
        this.random = random;
        this.name = name;
        this.path = path;
    }

    /** Takes it that the key was just made with this secret. */
    void given(String secret) {
        var fact = recorder.nextSecret();
        recorder.given("make " + fact + " of " + name, List.of(Effect.begin(fact)));
        current = fact;
        know(new Credential(fact, secret));
    }

    /** One of its secrets, every other time the newest; null: it never had one. */
    @Nullable
    Credential any(Random chance) {
        var all = known;
        return all.isEmpty() ? null : all.get(chance.nextBoolean() ? 0 : chance.nextInt(all.size()));
    }

    boolean isActive() {
        return current != null;
    }

    boolean mayOverlap() {
        return previous != null;
    }

    /** Makes the key, or gives it a new secret. */
    void renew(String verb, @Nullable Map<String, ?> body, Duration overlap, Effect... more) {
        var fact = recorder.nextSecret();
        var effects = new ArrayList<>(List.of(more));
        effects.add(Effect.begin(fact));
        if (previous != null) {
            effects.add(Effect.end(previous));
        }
        if (current != null) {
            effects.add(Effect.end(current, overlap));
        }
        var suffix = verb.equals("make") ? "" : "/" + verb;
        var answer = change(new Call(verb + " " + name + ": " + fact, "POST", path + suffix, body), effects);
        previous = overlap.isZero() ? null : current;
        current = fact;
        // A repeated answer has no secret: nobody knows it.
        if (!answer.text("secret").isEmpty()) {
            know(new Credential(fact, answer.text("secret")));
        }
    }

    void regenerate() {
        boolean overlaps = isActive() && random.nextInt(3) == 0;
        renew(
                "regenerate",
                overlaps ? Map.of("overlap", OVERLAP.toString()) : null,
                overlaps ? OVERLAP : Duration.ZERO);
    }

    void finish() {
        var ends = previous == null ? List.<Effect>of() : List.of(Effect.end(previous));
        change(new Call("finish " + name, "POST", path + "/finish", null), ends);
        previous = null;
    }

    void revoke(Effect... more) {
        end(new Call("revoke " + name, "POST", path + "/revoke", Map.of("reason", "COMPROMISED")), more);
    }

    void remove(Effect... more) {
        end(new Call("remove " + name, "DELETE", path, null), more);
    }

    /** Makes any change to what belongs to the key. */
    Answer change(Call call, List<Effect> effects) {
        var answer = recorder.change(tenant.api(), call, random.nextInt(3) == 0, effects);
        if (answer.status() / 100 != 2 && !answer.text("code").equals(OVER)) {
            throw new AssertionError("Expected to " + call.what() + ", but got " + answer);
        }
        return answer;
    }

    private void end(Call call, Effect... more) {
        var effects = new ArrayList<>(List.of(more));
        Stream.of(Optional.ofNullable(current), Optional.ofNullable(previous))
                .flatMap(Optional::stream)
                .forEach(fact -> effects.add(Effect.end(fact)));
        change(call, effects);
        current = null;
        previous = null;
    }

    private void know(Credential credential) {
        known = Stream.concat(Stream.of(credential), known.stream())
                .limit(TRIED)
                .toList();
    }
}
