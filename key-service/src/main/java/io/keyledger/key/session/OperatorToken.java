package io.keyledger.key.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The token of whoever runs the suite, for calls that belong to no organization. */
public final class OperatorToken {

    private final byte @Nullable [] token;

    /**
     * Takes the configured token.
     *
     * @param token null or blank: there is no operator
     */
    public OperatorToken(@Nullable String token) {
        this.token = token == null || token.isBlank() ? null : token.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether there is an operator at all. */
    public boolean isSet() {
        return token != null;
    }

    /** Whether this is the token; takes the same time wherever they differ. */
    public boolean matches(String presented) {
        return token != null && MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
    }
}
