package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A key in a key management service. Its client's own exceptions, of whatever kind, mean that the service failed, and so
 * does its silence: a revocation goes on without it.
 *
 * @param patience for how long a call is waited for
 */
record RemoteAead(Aead service, Duration patience) implements Aead {

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        return call(() -> service.encrypt(plaintext, associatedData));
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        return call(() -> service.decrypt(ciphertext, associatedData));
    }

    private byte[] call(Callable<byte[]> call) throws GeneralSecurityException {
        var task = new FutureTask<>(call);
        Thread.ofVirtual().name("key-management-service").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new GeneralSecurityException("The key management service did not answer within " + patience + ".", e);
        } catch (ExecutionException e) {
            throw new GeneralSecurityException("The key management service failed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            throw new GeneralSecurityException("The service is shutting down.", e);
        }
    }
}
