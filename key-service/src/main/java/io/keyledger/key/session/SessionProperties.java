package io.keyledger.key.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call, and for how long a call waits. The tokens are checked where they are used, not here: Boot prints values
 * that it cannot bind.
 *
 * @param ownerToken becomes a token of the first Owner of the organization {@code default}
 * @param operatorToken for calls that belong to no organization; null: there are none
 * @param commandTimeout for how long a caller waits for the ledger
 * @param proofTimeout for how long a refusal that a newer row could reverse waits for a proof of freshness
 */
@ConfigurationProperties("keyledger")
public record SessionProperties(
        @Nullable String ownerToken,
        @Nullable String operatorToken,
        @DefaultValue("10s") Duration commandTimeout,
        @DefaultValue("100ms") Duration proofTimeout) {

    @Override
    public String toString() {
        return "SessionProperties[commandTimeout=" + commandTimeout + ", proofTimeout=" + proofTimeout + "]";
    }
}
