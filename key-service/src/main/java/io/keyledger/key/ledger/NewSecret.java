package io.keyledger.key.ledger;

import io.keyledger.event.KeyId;
import io.keyledger.event.SecretHash;
import org.jspecify.annotations.Nullable;

/**
 * What a command carries of a secret that was just made.
 *
 * @param keyId the id for the key's record, where the command makes a new one
 * @param hint prefix and last four characters
 * @param sealed the secret sealed under the keyset, bound to organization and hash; null: not recoverable
 */
public record NewSecret(
        KeyId keyId, SecretHash hash, String hint, @Nullable SealedSecret sealed) {}
