package io.keyledger.e2e;

import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.Recorder.Call;
import io.keyledger.e2e.Recorder.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes one System: its override, and its one host. */
final class SystemClient implements TimelineClient {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final OrganizationClient organization;
    private final Random random;
    private final KeyClient key;
    private final String host;
    private final String hosts;
    private final String linked;
    private final String open;
    private boolean isLinked = true;
    private boolean hasOverride;
    private long graceEnds = System.nanoTime();

    SystemClient(Tenant tenant, OrganizationClient organization, Recorder recorder, Random random, String host) {
        this.organization = organization;
        this.random = random;
        this.host = host;
        this.linked = "linked " + host;
        this.open = "open " + host;
        var system = "/api/v1/systems/" + tenant.newSystem("System of " + host, host);
        this.hosts = system + "/hosts";
        this.key = new KeyClient(tenant, recorder, random, "the override of " + host, system + "/override");
        recorder.given("link " + host, List.of(Effect.begin(linked), Effect.begin(open)));
    }

    /** A push for the host, with a secret that is or was its System's, or the organization's. */
    Candidate candidate(Random chance) {
        var own = chance.nextInt(3) == 0 ? null : key.any(chance);
        var credential = own == null ? organization.key().any(chance) : own;
        if (credential == null) {
            throw new IllegalStateException("Expected each organization to begin with a global key.");
        }
        return new Candidate(
                credential, host, List.of(credential.fact(), own == null ? open : linked, organization.active()));
    }

    @Override
    public void change() {
        if (System.nanoTime() - graceEnds > 0 && random.nextInt(4) == 0) {
            turnLink();
        } else if (!hasOverride) {
            make();
        } else if (key.mayOverlap() && random.nextInt(3) == 0) {
            key.finish();
        } else {
            switch (random.nextInt(6)) {
                case 0 -> remove();
                case 1, 2 -> revoke();
                default -> key.regenerate();
            }
        }
    }

    private void make() {
        boolean graces = isLinked && random.nextInt(3) == 0;
        var grace = graces ? GRACE : Duration.ZERO;
        // A host without a System is anybody's.
        var ends = isLinked ? new Effect[] {Effect.end(open, grace)} : new Effect[0];
        key.renew("make", graces ? Map.of("grace", grace.toString()) : null, Duration.ZERO, ends);
        hasOverride = true;
        graceEnds = System.nanoTime() + grace.toNanos();
    }

    private void revoke() {
        if (key.isActive()) {
            // A revocation ends the grace period, too.
            key.revoke(isLinked ? new Effect[] {Effect.end(open)} : new Effect[0]);
        } else {
            key.regenerate();
        }
    }

    private void remove() {
        key.remove(isLinked ? new Effect[] {Effect.begin(open)} : new Effect[0]);
        hasOverride = false;
    }

    private void turnLink() {
        var call = isLinked
                ? new Call("unlink " + host, "DELETE", hosts + "/" + host, null)
                : new Call("link " + host, "POST", hosts, Map.of("hosts", List.of(host)));
        var own = isLinked ? Effect.end(linked) : Effect.begin(linked);
        var effects = hasOverride ? List.of(own, isLinked ? Effect.begin(open) : Effect.end(open)) : List.of(own);
        key.change(call, effects);
        isLinked = !isLinked;
    }
}
