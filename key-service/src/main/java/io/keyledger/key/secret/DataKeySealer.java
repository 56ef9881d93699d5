package io.keyledger.key.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.keyledger.event.SealedValue;
import io.keyledger.key.ledger.WrappedDataKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data keys, one a user and one an organization, and seals personal data under them: names, e-mail addresses,
 * network addresses. Who erases the data key erases the person from events that are kept for ever.
 */
public final class DataKeySealer {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeySealer.class);
    private static final int MAX_UNWRAPPED = 1000;
    private static final byte[] WRAPPING = "keyledger data-key 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEALING = "keyledger personal-data 1".getBytes(StandardCharsets.US_ASCII);

    private final Aead keyset;
    private final DataKeys dataKeys;
    /** With a key management service each unwrapping is a call to it. An erased data key is not looked up here. */
    private final ConcurrentMap<WrappedDataKey, Aead> unwrapped = new ConcurrentHashMap<>();

    public DataKeySealer(Aead keyset, DataKeys dataKeys) {
        this.keyset = keyset;
        this.dataKeys = dataKeys;
    }

    /** Makes a data key for a subject that is new. */
    public WrappedDataKey make(UUID subject) {
        try {
            var dataKey = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
            var wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(
                    dataKey, keyset, bound(WRAPPING, subject), AeadConfig2026.get());
            return new WrappedDataKey(subject, Base64.getEncoder().encodeToString(wrapped));
        } catch (GeneralSecurityException e) {
            throw new KeysetUnavailableException("Expected to wrap a data key, but the keyset's service failed.", e);
        }
    }

    /** Seals personal data under a data key at hand. */
    public SealedValue seal(WrappedDataKey dataKey, String personal) {
        try {
            var subject = dataKey.subject();
            var plaintext = personal.getBytes(StandardCharsets.UTF_8);
            return SealedValue.ofBytes(subject, unwrap(dataKey).encrypt(plaintext, bound(SEALING, subject)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeysetUnavailableException(
                    "Expected to open the data key of " + dataKey.subject()
                            + ", but it was wrapped under a keyset that this service does not have, or the keyset's service failed.",
                    e);
        }
    }

    /**
     * Seals personal data of a subject; empty if its data key is not to be had, or cannot be opened: then it must not be
     * kept at all. A revocation must not wait for a keyset.
     */
    public Optional<SealedValue> seal(UUID subject, String personal) {
        return dataKeys.find(subject).flatMap(dataKey -> {
            try {
                return Optional.of(seal(dataKey, personal));
            } catch (KeysetUnavailableException e) {
                LOG.atWarn().setCause(e).addKeyValue("subject", subject).log("Personal data is left out of an event");
                return Optional.empty();
            }
        });
    }

    /** Opens personal data; empty if the subject's data key was erased, or the keyset is another one. */
    public Optional<String> open(SealedValue sealed) {
        return dataKeys.find(sealed.subject()).flatMap(dataKey -> open(dataKey, sealed));
    }

    private Optional<String> open(WrappedDataKey dataKey, SealedValue sealed) {
        try {
            var opened = unwrap(dataKey).decrypt(sealed.bytes(), bound(SEALING, sealed.subject()));
            return Optional.of(new String(opened, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Aead unwrap(WrappedDataKey dataKey) throws GeneralSecurityException {
        var known = unwrapped.get(dataKey);
        if (known != null) {
            return known;
        }
        var wrapped = Base64.getDecoder().decode(dataKey.wrapped());
        var opened = TinkProtoKeysetFormat.parseEncryptedKeyset(
                        wrapped, keyset, bound(WRAPPING, dataKey.subject()), AeadConfig2026.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        if (unwrapped.size() >= MAX_UNWRAPPED) {
            unwrapped.clear();
        }
        unwrapped.put(dataKey, opened);
        return opened;
    }

    private static byte[] bound(byte[] purpose, UUID subject) {
        return ByteBuffer.allocate(purpose.length + 2 * Long.BYTES)
                .put(purpose)
                .putLong(subject.getMostSignificantBits())
                .putLong(subject.getLeastSignificantBits())
                .array();
    }
}
