package io.keyledger.e2e;

import io.keyledger.e2e.History.Effect;
import io.keyledger.e2e.Recorder.Call;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes an organization's Active flag and its global key. */
final class OrganizationClient implements TimelineClient {

    private final Random random;
    private final KeyClient key;
    private final String active;
    private boolean isActive = true;

    OrganizationClient(Tenant tenant, Recorder recorder, Random random, String name) {
        this.random = random;
        this.active = "active " + name;
        this.key =
                new KeyClient(tenant, recorder, random, "the global key of " + name, "/api/v1/collector-keys/global");
        recorder.given("make " + name, List.of(Effect.begin(active)));
        key.given(tenant.globalSecret());
    }

    /** The fact that its agents may push. */
    String active() {
        return active;
    }

    KeyClient key() {
        return key;
    }

    @Override
    public void change() {
        if (!isActive || random.nextInt(8) == 0) {
            turn(!isActive);
        } else if (!key.isActive()) {
            key.regenerate();
        } else if (key.mayOverlap() && random.nextInt(3) == 0) {
            key.finish();
        } else if (random.nextInt(6) == 0) {
            key.revoke();
        } else {
            key.regenerate();
        }
    }

    private void turn(boolean on) {
        var call = new Call(
                (on ? "turn on " : "turn off ") + active,
                "PATCH",
                "/api/v1/organization/settings",
                Map.of("agentsActive", on));
        key.change(call, List.of(on ? Effect.begin(active) : Effect.end(active)));
        isActive = on;
    }
}
