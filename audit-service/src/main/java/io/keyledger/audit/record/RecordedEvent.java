package io.keyledger.audit.record;

import io.keyledger.audit.chain.Evidence;
import java.util.Optional;

/**
 * One row of the permanent record.
 *
 * @param verified whether leaf, chain and revision held on arrival, for this event and for every one before it
 * @param revoked the secret that it ends
 */
public record RecordedEvent(
        Evidence evidence, boolean verified, SearchColumns columns, Optional<RevokedToken> revoked) {}
