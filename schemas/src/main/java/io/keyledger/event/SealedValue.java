package io.keyledger.event;

import java.util.Base64;
import java.util.UUID;

/**
 * Personal data under a data key: erasing the data key erases the person and breaks no chain.
 *
 * @param subject whose data key: a user's or an organization's id
 * @param ciphertext AES-256-GCM, in Base64 (RFC 4648, section 4)
 */
public record SealedValue(UUID subject, String ciphertext) {

    /** Takes the raw ciphertext. */
    public static SealedValue ofBytes(UUID subject, byte[] ciphertext) {
        return new SealedValue(subject, Base64.getEncoder().encodeToString(ciphertext));
    }

    /** The raw ciphertext, a new array. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(ciphertext);
    }
}
