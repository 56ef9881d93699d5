package io.keyledger.key.ledger;

/**
 * A recoverable secret under the keyset (Tink AEAD, AES-256-GCM), bound to the organization and to the secret's hash.
 * The hash belongs to one version of one key, so that it binds to both, and is known before the ledger has given the
 * version.
 *
 * @param ciphertext in Base64
 */
public record SealedSecret(String ciphertext) {

    @Override
    public String toString() {
        return "SealedSecret[sealed]";
    }
}
