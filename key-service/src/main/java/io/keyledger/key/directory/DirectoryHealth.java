package io.keyledger.key.directory;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** How the directory is. It degrades the service, and never takes it down: changes do not need it. */
final class DirectoryHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "Lists and look-ups are not to be had.");

    private final DirectoryFollower follower;

    DirectoryHealth(DirectoryFollower follower) {
        this.follower = follower;
    }

    @Override
    public Health health() {
        return follower.problem()
                .map(problem ->
                        Health.status(DEGRADED).withDetail("problem", problem).build())
                .orElseGet(() -> Health.up().build());
    }
}
