package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import io.keyledger.event.OrganizationId;
import io.keyledger.event.SecretHash;
import io.keyledger.key.ledger.SealedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Seals recoverable secrets under the keyset, bound to the organization and to the secret's hash. */
public final class SecretSealer {

    private static final byte[] PURPOSE = "keyledger sealed-secret 1".getBytes(StandardCharsets.US_ASCII);

    private final Aead keyset;

    public SecretSealer(Aead keyset) {
        this.keyset = keyset;
    }

    /** Seals a secret for its organization. */
    public SealedSecret seal(OrganizationId organization, Secret secret) {
        try {
            var plaintext = secret.reveal().getBytes(StandardCharsets.UTF_8);
            var sealed = keyset.encrypt(plaintext, binding(organization, secret.hash()));
            return new SealedSecret(Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new KeysetUnavailableException("Expected to seal a secret, but the keyset's service failed.", e);
        }
    }

    /**
     * Opens a sealed secret.
     *
     * @throws KeysetUnavailableException if it was sealed under another keyset, for another organization or key
     */
    public Secret open(OrganizationId organization, SecretHash hash, SealedSecret sealed) {
        try {
            var ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
            var opened = new String(keyset.decrypt(ciphertext, binding(organization, hash)), StandardCharsets.UTF_8);
            var secret = Secret.of(opened);
            if (!secret.hash().equals(hash)) {
                throw new GeneralSecurityException("another secret than its record's");
            }
            return secret;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeysetUnavailableException(
                    "Expected to open this key's sealed secret, but the keyset's service failed, or it was sealed under a"
                            + " keyset that this service does not have: put that keyset back in place, or regenerate"
                            + " the key.",
                    e);
        }
    }

    private static byte[] binding(OrganizationId organization, SecretHash hash) {
        return ByteBuffer.allocate(PURPOSE.length + 2 * Long.BYTES + SecretHash.BYTES)
                .put(PURPOSE)
                .putLong(organization.value().getMostSignificantBits())
                .putLong(organization.value().getLeastSignificantBits())
                .put(hash.toBytes())
                .array();
    }
}
