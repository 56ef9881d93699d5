package io.keyledger.key.secret;

import io.keyledger.key.ledger.WrappedDataKey;
import java.util.Optional;
import java.util.UUID;

/** The data keys of users and organizations, wrapped, as the ledger keeps them: a port. */
public interface DataKeys {

    /** The data key of a user or of an organization; empty if there is none, it was erased or not heard of yet. */
    Optional<WrappedDataKey> find(UUID subject);
}
