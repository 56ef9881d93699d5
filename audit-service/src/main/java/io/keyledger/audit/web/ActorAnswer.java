package io.keyledger.audit.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acted; ids alone, personal data stays sealed.
 *
 * @param kind {@code USER}, {@code OPERATOR} or {@code LEDGER}
 * @param userId the user whose key was used
 * @param keyId the key that was used
 */
record ActorAnswer(
        String kind, @Nullable UUID userId, @Nullable UUID keyId) {}
