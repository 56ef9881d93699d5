package io.keyledger.key.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key management service, and how it fails. */
@Timeout(60)
class RemoteAeadTest {

    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void anAnswerIsPassedOn() throws Exception {
        var remote = new RemoteAead(service(() -> {}), Duration.ofMinutes(1));
        assertThat(remote.encrypt(BYTES, new byte[0])).isEqualTo(BYTES);
        assertThat(remote.decrypt(BYTES, new byte[0])).isEqualTo(BYTES);
    }

    @Test
    void aServiceThatSaysNothingHasFailedAndIsInterrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        var remote = new RemoteAead(
                service(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                }),
                Duration.ofMillis(20));
        assertThatThrownBy(() -> remote.decrypt(BYTES, new byte[0]))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("did not answer");
        interrupted.await();
    }

    @Test
    void whateverItThrowsItHasFailed() {
        var remote = new RemoteAead(
                service(() -> {
                    throw new NoClassDefFoundError("of its client");
                }),
                Duration.ofMinutes(1));
        assertThatThrownBy(() -> remote.encrypt(BYTES, new byte[0])).isInstanceOf(GeneralSecurityException.class);
    }

    private static Aead service(Runnable first) {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
                first.run();
                return plaintext;
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
                first.run();
                return ciphertext;
            }
        };
    }
}
