package io.keyledger.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the suite says once it is ready: where it is, how to sign in, and a first push. */
final class Welcome {
    private static final int ATTEMPTS = 40;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Pattern SECRET = Pattern.compile("\"secret\"\\s*:\\s*\"([^\"\\\\]+)\"");

    private final SuiteSettings settings;

    Welcome(SuiteSettings settings) {
        this.settings = settings;
    }

    /**
     * The owner token and the global key are shown at the first start alone: each reveal of the key is an event that stays
     * for ever.
     */
    String text(String ownerToken, boolean firstStart) {
        String push = settings.url(SuitePort.INGEST_SERVICE, "/api/v1/push");
        String reveal = settings.url(SuitePort.KEY_SERVICE, "/api/v1/collector-keys/global/reveal");
        String tokenFile = settings.data().resolve("owner-token").toString();
        Optional<String> secret = firstStart ? revealSoon(reveal, ownerToken) : Optional.empty();
        var text = new StringBuilder("\n");
        row(text, "API, and a page to try it", settings.url(SuitePort.KEY_SERVICE, "/"));
        row(text, "Agents push to", push);
        row(text, "The record", settings.url(SuitePort.AUDIT_SERVICE, "/api/v1/events"));
        row(text, "Logs", settings.data().resolve("logs").toString());
        row(text, "The Owner's token", tokenFile + " (sent as X-API-Key)");
        if (firstStart) {
            row(text, "", ownerToken);
        }
        text.append("\n  Push a metric with the global key:\n\n");
        if (secret.isEmpty()) {
            text.append("    KEY=$(curl -s -X POST -H \"X-API-Key: $(cat '")
                    .append(tokenFile)
                    .append("')\" ")
                    .append(reveal)
                    .append(" | sed 's/.*\"secret\" *: *\"\\([^\"]*\\)\".*/\\1/')\n");
        }
        text.append("    curl -i -H \"X-API-Key: ")
                .append(secret.orElse("$KEY"))
                .append("\" --data-binary 'cpu,host=web-1 usage=42' ")
                .append(push)
                .append("\n\n  README.md has a tour in five minutes. ")
                .append(
                        "deploy/down (or Ctrl-C, where it runs in the terminal) stops Keyledger; what it knows is kept.\n");
        return text.toString();
    }

    private static void row(StringBuilder text, String what, String where) {
        text.append(String.format(Locale.ROOT, "  %-25s  %s%n", what, where));
    }

    /** At the first start the organization and its key are made a moment after key-service is ready. */
    private static Optional<String> revealSoon(String url, String ownerToken) {
        Optional<String> secret = reveal(url, ownerToken);
        for (int attempt = 1; secret.isEmpty() && attempt < ATTEMPTS; attempt++) {
            Processes.pause(PAUSE);
            secret = reveal(url, ownerToken);
        }
        return secret;
    }

    private static Optional<String> reveal(String url, String ownerToken) {
        try {
            HttpURLConnection connection = Http.open(URI.create(url), "POST");
            connection.setRequestProperty("X-API-Key", ownerToken);
            connection.setDoOutput(true);
            connection.getOutputStream().close();
            Http.require2xx(URI.create(url), connection);
            try (var in = connection.getInputStream()) {
                Matcher matcher = SECRET.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
            }
        } catch (IOException notNow) {
            return Optional.empty();
        }
    }
}
