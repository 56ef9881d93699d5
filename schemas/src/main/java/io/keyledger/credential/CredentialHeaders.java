package io.keyledger.credential;

import io.keyledger.credential.Presented.Flaw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential of a request in the places where senders can put one (DESIGN.md, section 6): {@code X-API-Key},
 * {@code Authorization: Token}, and Basic with the key as password.
 */
public final class CredentialHeaders {

    /** The header that keys belong in. */
    public static final String API_KEY = "X-API-Key";

    /** InfluxDB v1's own user and password, and what people try. */
    private static final Set<String> IN_URL = Set.of(
            "u",
            "p",
            "api_key",
            "api-key",
            "apikey",
            "x-api-key",
            "x_api_key",
            "key",
            "token",
            "access_token",
            "auth",
            "authorization");

    private CredentialHeaders() {}

    /**
     * Finds it.
     *
     * @param apiKeys all values of {@code X-API-Key}
     * @param authorizations all values of {@code Authorization}
     * @param query the URL's parameters, without those that the endpoint itself defines
     */
    public static Presented find(
            List<String> apiKeys, List<String> authorizations, Map<String, ? extends List<@Nullable String>> query) {
        if (!query.isEmpty() && query.entrySet().stream().anyMatch(CredentialHeaders::isCredential)) {
            return Flaw.KEY_IN_URL;
        }
        var secrets = new ArrayList<String>(2);
        for (var key : apiKeys) {
            add(secrets, key.strip());
        }
        var bearer = false;
        for (var authorization : authorizations) {
            var scheme = scheme(authorization);
            var value = authorization.strip().substring(scheme.length()).strip();
            switch (scheme.toLowerCase(Locale.ROOT)) {
                case "token" -> add(secrets, value);
                case "basic" -> {
                    var password = password(value);
                    if (password == null) {
                        return Flaw.MALFORMED_KEY;
                    }
                    add(secrets, password);
                }
                case "bearer" -> {
                    bearer |= !value.isEmpty();
                    add(secrets, value);
                }
                // Another scheme, such as Negotiate, is a proxy's affair: no key of ours is in it.
                default -> {}
            }
        }
        return choose(secrets, bearer, apiKeys);
    }

    /** Most requests have one: a set would cost them more than the comparison. */
    private static void add(List<String> secrets, String secret) {
        if (!secret.isEmpty() && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    private static boolean isCredential(Map.Entry<String, ? extends List<@Nullable String>> parameter) {
        return IN_URL.contains(parameter.getKey().toLowerCase(Locale.ROOT))
                && parameter.getValue().stream().anyMatch(value -> value != null && !value.isBlank());
    }

    private static Presented choose(List<String> secrets, boolean bearer, List<String> apiKeys) {
        if (secrets.size() > 1) {
            return Flaw.TWO_CREDENTIALS;
        }
        if (secrets.isEmpty()) {
            return Flaw.MISSING_KEY;
        }
        if (bearer && apiKeys.stream().allMatch(String::isBlank)) {
            return Flaw.BEARER_NOT_ACCEPTED;
        }
        return new Presented.Key(secrets.getFirst());
    }

    private static String scheme(String authorization) {
        var text = authorization.strip();
        var blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }

    private static @Nullable String password(String base64) {
        if (base64.isEmpty()) {
            return "";
        }
        try {
            var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            return colon < 0 ? null : pair.substring(colon + 1).strip();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
