package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.session.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request of a user who may change keys. */
final class Change {

    private final Changes changes;
    private final Caller caller;
    private final HttpServletRequest request;
    private boolean isVersioned;

    Change(Changes changes, Caller caller, HttpServletRequest request) {
        this.changes = changes;
        this.caller = caller;
        this.request = request;
    }

    OrganizationId organization() {
        return caller.organization();
    }

    /** The version in {@code If-Match}, or null if the caller changes whatever is there. */
    @Nullable
    Long ifMatch() {
        isVersioned = true;
        return EntityVersion.ifMatch(request);
    }

    /**
     * Has the ledger apply the command.
     *
     * @throws ProblemException if it is refused
     */
    Done apply(Command command) {
        requireNoIdleVersion();
        return changes.apply(caller.organization(), actor(), request, command);
    }

    /** The same request, applied in parts. */
    Parts parts() {
        requireNoIdleVersion();
        return new Parts(changes, caller.organization(), actor(), request);
    }

    /** Whoever names a version believes that nothing else is changed. */
    private void requireNoIdleVersion() {
        if (!isVersioned && EntityVersion.ifMatch(request) != null) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "unsupported_if_match",
                    "Expected no If-Match here, for this change asks for no version. Nothing was changed.");
        }
    }

    private Actor actor() {
        return new Actor(
                Actor.Kind.USER,
                caller.user(),
                caller.key(),
                changes.personal().seal(caller.user().value(), caller.address()).orElse(null));
    }
}
