package io.keyledger.ingest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential of a request in the places where agents can put one (SENDERS.md, section 2): {@code X-API-Key},
 * {@code Authorization: Token}, and Basic with the key as password.
 */
public final class Credentials {

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

    private Credentials() {}

    /**
     * Finds it.
     *
     * @param apiKeys all values of {@code X-API-Key}
     * @param authorizations all values of {@code Authorization}
     * @param query the parameters of the URL that have a value
     */
    public static Presented find(List<String> apiKeys, List<String> authorizations, Set<String> query) {
        if (query.stream().anyMatch(name -> IN_URL.contains(name.toLowerCase(Locale.ROOT)))) {
            return new Presented.InUrl();
        }
        var secrets = new LinkedHashSet<String>();
        for (var key : apiKeys) {
            secrets.add(key.strip());
        }
        var bearer = false;
        for (var authorization : authorizations) {
            var scheme = scheme(authorization);
            var value = authorization.strip().substring(scheme.length()).strip();
            switch (scheme.toLowerCase(Locale.ROOT)) {
                case "token" -> secrets.add(value);
                case "basic" -> {
                    var password = password(value);
                    if (password == null) {
                        return new Presented.Garbled();
                    }
                    secrets.add(password);
                }
                case "bearer" -> {
                    bearer |= !value.isEmpty();
                    secrets.add(value);
                }
                // Another scheme, such as Negotiate, is a proxy's affair: no key of ours is in it.
                default -> {}
            }
        }
        secrets.remove("");
        return choose(secrets, bearer, apiKeys);
    }

    private static Presented choose(Set<String> secrets, boolean bearer, List<String> apiKeys) {
        if (secrets.size() > 1) {
            return new Presented.Several();
        }
        if (secrets.isEmpty()) {
            return new Presented.None();
        }
        if (bearer && apiKeys.stream().allMatch(String::isBlank)) {
            return new Presented.Bearer();
        }
        return new Presented.Key(secrets.iterator().next());
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
