package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;

/** A key management service in this process, found on the class path as those of clouds are. */
public final class FakeKms implements KmsClient {

    /** Its one key. */
    public static final String URI = "fake-kms://key";

    /** How often it was asked for anything. */
    public static final AtomicInteger CALLS = new AtomicInteger();

    private static final Aead KEY = newKey();
    private static volatile boolean away;

    /** Whether it fails. */
    public static void setAway(boolean now) {
        away = now;
    }

    @Override
    public boolean doesSupport(String uri) {
        return uri.startsWith("fake-kms://");
    }

    @Override
    public KmsClient withCredentials(String path) {
        return this;
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return this;
    }

    @Override
    public Aead getAead(String uri) {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
                call();
                return KEY.encrypt(plaintext, associatedData);
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
                call();
                return KEY.decrypt(ciphertext, associatedData);
            }
        };
    }

    private static void call() {
        CALLS.incrementAndGet();
        if (away) {
            throw new IllegalStateException("No route to the key management service.");
        }
    }

    private static Aead newKey() {
        try {
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get())
                    .getPrimitive(AeadConfig2026.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
