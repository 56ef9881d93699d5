package io.keyledger.key.api;

import io.keyledger.event.Actor;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SealedValue;
import io.keyledger.key.ledger.Command;
import io.keyledger.key.ledger.WrappedDataKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of whoever runs the suite. */
final class Operator {

    private final Changes changes;
    private final HttpServletRequest request;

    Operator(Changes changes, HttpServletRequest request) {
        this.changes = changes;
        this.request = request;
    }

    /** The caller's {@code Idempotency-Key}; empty: a repeated request is another one. */
    Optional<String> idempotencyKey() {
        return IdempotencyKey.find(request);
    }

    /** Has the ledger apply the command to an organization. */
    Done apply(OrganizationId organization, Command command) {
        var address = changes.personal().seal(organization.value(), request.getRemoteAddr());
        return apply(organization, command, address.orElse(null));
    }

    /** Has the ledger apply the first command of an organization, whose data key nobody has heard of yet. */
    Done apply(OrganizationId organization, Command command, WrappedDataKey dataKey) {
        return apply(organization, command, changes.personal().seal(dataKey, request.getRemoteAddr()));
    }

    private Done apply(OrganizationId organization, Command command, @Nullable SealedValue address) {
        CommandResource.remember(organization, request);
        return changes.apply(organization, new Actor(Actor.Kind.OPERATOR, null, null, address), request, command);
    }
}
