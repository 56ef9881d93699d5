package io.keyledger.key.ledger;

import java.util.UUID;

/**
 * The data key of a user or of an organization, wrapped by the keyset.
 *
 * @param subject the user's or the organization's id
 * @param wrapped a Tink keyset encrypted by the keyset, in Base64
 */
public record WrappedDataKey(UUID subject, String wrapped) {

    @Override
    public String toString() {
        return "WrappedDataKey[subject=" + subject + "]";
    }
}
