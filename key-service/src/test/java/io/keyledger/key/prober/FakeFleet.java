package io.keyledger.key.prober;

import io.keyledger.key.secret.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An organization of the prober, and Collectors that follow it at once, or answer as a test says. */
final class FakeFleet implements Canary, CanaryPush {

    final List<CanaryChange> changes = new ArrayList<>();
    final List<Target> targets = new ArrayList<>();
    private final Map<String, PushReply> stubborn = new HashMap<>();
    private Secret key = Secret.of("key-0");
    private boolean isActive = true;
    private boolean isRevoked;
    boolean isAway;

    FakeFleet(String... ids) {
        for (var id : ids) {
            targets.add(new Target(id, Optional.of(URI.create("http://" + id))));
        }
    }

    /** From now on, that Collector's every answer; null: it follows again. */
    synchronized void answers(String id, PushReply reply) {
        stubborn.put(id, reply);
    }

    synchronized void follows(String id) {
        stubborn.remove(id);
    }

    @Override
    public Secret key() {
        return key;
    }

    @Override
    public synchronized void apply(CanaryChange change) {
        if (isAway) {
            throw new IllegalStateException("Kafka is away");
        }
        changes.add(change);
        switch (change) {
            case DEACTIVATED -> isActive = false;
            case ACTIVATED -> isActive = true;
            case KEY_REVOKED -> isRevoked = true;
            case KEY_MADE -> {
                isRevoked = false;
                key = Secret.of("key-" + changes.size());
            }
        }
    }

    @Override
    public synchronized PushReply push(URI collector, Secret presented) {
        var told = stubborn.get(collector.getHost());
        if (told != null) {
            return told;
        }
        return isActive && !isRevoked && presented == key ? PushReply.ACCEPTED : PushReply.REFUSED;
    }
}
