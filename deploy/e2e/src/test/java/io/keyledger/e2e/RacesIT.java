package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.e2e.Api.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people want opposite things at the same moment: one of them wins, and the state is one that a person can explain. */
@ExtendWith(SharedSuite.class)
class RacesIT {

    private static final int CLIENTS = 16;
    private static final int ROUNDS = 200;

    @Test
    void exactlyOneOfSixteenMakesTheOverride(Suite suite) throws Exception {
        var tenant = suite.newTenant("race create");
        for (int round = 0; round < ROUNDS; round++) {
            var system = tenant.newSystem("s" + round);
            var statuses = atOnce(CLIENTS, () -> tenant.api().post("/api/v1/systems/" + system + "/override")).stream()
                    .map(Answer::status)
                    .sorted()
                    .toList();
            assertThat(statuses).as("round %d", round).startsWith(201).hasSize(CLIENTS);
            assertThat(statuses.subList(1, CLIENTS)).as("round %d", round).containsOnly(409);
        }
    }

    @Test
    void regenerateAgainstRevokeLeavesNoKeyThatPassesUnseen(Suite suite) throws Exception {
        var tenant = suite.newTenant("race regenerate");
        for (int round = 0; round < 40; round++) {
            var host = "h" + round;
            var system = tenant.newSystem("s" + round, host);
            var first = tenant.newOverride(system);
            var path = "/api/v1/systems/" + system + "/override";
            var answers = together(List.of(
                    () -> tenant.api().post(path + "/regenerate"),
                    () -> tenant.api().post(path + "/revoke", Map.of("reason", "COMPROMISED"))));
            var regenerated = answers.get(0).expect(200).text("secret");
            assertThat(answers.get(1).status()).isEqualTo(200);
            var line = "cpu,host=" + host + " usage=1\n";
            // Revoke first: regenerating made a new key. Regenerate first: the new secret is the revoked one.
            var state = tenant.api()
                    .get("/api/v1/hosts/" + host)
                    .expect(200)
                    .body()
                    .path("key")
                    .path("state")
                    .asString();
            assertThat(state).isIn("ACTIVE", "REVOKED");
            tenant.awaitEverywhere(401, first, line);
            tenant.awaitEverywhere(state.equals("ACTIVE") ? 204 : 401, regenerated, line);
            tenant.awaitEverywhere(401, tenant.globalSecret(), line);
        }
    }

    @Test
    void removingASystemAgainstMakingItsOverrideLeavesNoOverrideWithoutASystem(Suite suite) throws Exception {
        var tenant = suite.newTenant("race remove");
        for (int round = 0; round < 40; round++) {
            var system = tenant.newSystem("s" + round);
            var answers = together(List.of(
                    () -> tenant.api().delete("/api/v1/systems/" + system),
                    () -> tenant.api().post("/api/v1/systems/" + system + "/override")));
            assertThat(answers.get(0).status()).isIn(200, 204);
            assertThat(answers.get(1).status()).isIn(201, 404);
            tenant.api().get("/api/v1/systems/" + system).expect(404);
            if (answers.get(1).status() == 201) {
                var secret = answers.get(1).text("secret");
                tenant.awaitEverywhere(401, secret, "cpu,host=anything usage=1\n");
            }
            for (var key : tenant.api()
                    .get("/api/v1/collector-keys?limit=500")
                    .expect(200)
                    .body()
                    .path("items")) {
                assertThat(key.path("kind").asString().equals("SYSTEM")
                                && key.path("state").asString().equals("ACTIVE"))
                        .as("an active override of a removed System: %s", key)
                        .isFalse();
            }
        }
    }

    private static List<Answer> atOnce(int clients, Callable<Answer> call)
            throws InterruptedException, ExecutionException {
        return together(Collections.nCopies(clients, call));
    }

    private static List<Answer> together(List<? extends Callable<Answer>> calls)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Answer>();
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
