package io.keyledger.key.api;

import io.keyledger.key.ledger.CommandRequest.Idempotency;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The header by which a repeated request is known. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;

    private IdempotencyKey() {}

    static Optional<String> find(HttpServletRequest request) {
        var key = request.getHeader(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (key.isEmpty() || key.length() > MAX_LENGTH || !visible) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid_idempotency_key",
                    "Expected Idempotency-Key as 1 to " + MAX_LENGTH + " visible ASCII characters.");
        }
        return Optional.of(key);
    }

    /** What the ledger knows a repeated request by; null: the caller sent no key. */
    static @Nullable Idempotency of(HttpServletRequest request) {
        return find(request)
                .map(key -> new Idempotency(key, fingerprint(request, BodyFilter.body(request))))
                .orElse(null);
    }

    /**
     * What the ledger knows one part of a repeated request by. The first has the caller's own key, so that another request
     * with it is found out; the space in the others' can be in no caller's.
     */
    static @Nullable Idempotency ofPart(HttpServletRequest request, int number, byte[] content) {
        return find(request)
                .map(key -> new Idempotency(number == 0 ? key : key + ' ' + number, fingerprint(request, content)))
                .orElse(null);
    }

    private static String fingerprint(HttpServletRequest request, byte[] content) {
        var sha256 = sha256();
        var query = query(request);
        var line = request.getMethod() + ' ' + request.getRequestURI() + (query.isEmpty() ? "" : '?' + query) + '\n';
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        var expected = EntityVersion.ifMatch(request);
        if (expected != null) {
            sha256.update(("If-Match: " + expected + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest(content));
    }

    /** How the caller waits for the Collectors changes nothing of what it asks for. */
    private static String query(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(parameter -> !EnforcementWait.isPartOf(parameter))
                        .collect(Collectors.joining("&"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
