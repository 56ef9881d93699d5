package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/** A key in a key management service. Its client's own exceptions, of whatever kind, mean that the service failed. */
record RemoteAead(Aead service) implements Aead {

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        try {
            return service.encrypt(plaintext, associatedData);
        } catch (RuntimeException e) {
            throw new GeneralSecurityException("The key management service failed.", e);
        }
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        try {
            return service.decrypt(ciphertext, associatedData);
        } catch (RuntimeException e) {
            throw new GeneralSecurityException("The key management service failed.", e);
        }
    }
}
