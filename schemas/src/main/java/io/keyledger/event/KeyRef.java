package io.keyledger.event;

import org.jspecify.annotations.Nullable;

/**
 * What every event of a key says of it: enough to follow one key without looking anything up.
 *
 * @param hash of the secret of {@code version}
 * @param hint prefix and last four characters of the secret, for people
 * @param version 1 for the first secret, one more for each regeneration
 * @param systemId of kind {@code SYSTEM} alone
 * @param ownerId of kind {@code USER} alone
 */
public record KeyRef(
        KeyId keyId,
        KeyKind kind,
        SecretHash hash,
        String hint,
        int version,
        @Nullable SystemId systemId,
        @Nullable UserId ownerId) {}
