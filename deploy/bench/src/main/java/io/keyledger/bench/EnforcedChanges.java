package io.keyledger.bench;

import io.keyledger.bench.Figures.Aim;
import io.keyledger.local.TrialSuite.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Revocations that are answered when every Collector has confirmed them ({@code ?wait=enforced}): how long that takes,
 * and that no push which is sent after such an answer is accepted.
 */
final class EnforcedChanges {

    private static final int PUSHES = 5;

    private final Owner owner;
    private final List<Address> collectors;
    private int sent;
    private int accepted;
    private int unconfirmed;

    EnforcedChanges(Owner owner, List<Address> collectors) {
        this.owner = owner;
        this.collectors = List.copyOf(collectors);
    }

    /** Revokes so many keys, one after the other, and pushes with each five times to each Collector. */
    void measure(Figures figures, String prefix, int changes) throws IOException {
        var keys = owner.newOverrides(prefix, changes);
        var times = new long[changes];
        for (int i = 0; i < changes; i++) {
            var key = keys.get(i);
            long called = System.nanoTime();
            var answer = owner.post(
                    "/api/v1/systems/" + key.system() + "/override/revoke?wait=enforced&timeout=PT5S",
                    Map.of("reason", "COMPROMISED"));
            times[i] = System.nanoTime() - called;
            if (isEverywhere(answer.path("enforcement"))) {
                push(key.secret());
            } else {
                unconfirmed++;
            }
        }
        figures.addTimes("wait=enforced: call → answer", Times.of(times), null, null);
        figures.add("wait=enforced: not confirmed by all in 5 s", "of " + changes, unconfirmed);
        figures.add("wait=enforced: pushes accepted that were sent after it", "of " + sent, accepted, Aim.atMost(0));
    }

    private boolean isEverywhere(JsonNode enforcement) {
        int all = enforcement.path("of").asInt();
        return all == collectors.size() && enforcement.path("enforcedOn").asInt() == all;
    }

    private void push(String secret) throws IOException {
        var request = HttpConnection.request("POST", "/api/v1/push", "X-API-Key: " + secret + "\r\n", new byte[0]);
        var packet = new ByteArrayOutputStream();
        for (int i = 0; i < PUSHES; i++) {
            packet.writeBytes(request);
        }
        for (var collector : collectors) {
            try (var connection = new HttpConnection(collector.port())) {
                connection.send(packet.toByteArray());
                for (int i = 0; i < PUSHES; i++) {
                    sent++;
                    accepted += connection.receive().status() == 204 ? 1 : 0;
                }
            }
        }
    }
}
