package io.keyledger.key.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.credential.Presented;
import io.keyledger.key.ledger.Rejection;
import io.keyledger.table.KeyCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** The README's table names each code that is answered, beside its status. */
class CodesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([45]\\d\\d) \\| (.*) \\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    /** How the sources of this package answer one. */
    private static final Pattern ANSWERED = Pattern.compile("HttpStatus\\.([A-Z_]+),\\s*\"([a-z_]+)\"");

    private static final Pattern NOT_FOUND = Pattern.compile("notFound\\(\\s*\"([a-z_]+)\"");

    @Test
    void theTableOfCodesIsWhole() throws IOException {
        var table = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(row -> CODE.matcher(row.group(2)).results().map(code -> row.group(1) + " " + code.group(1)));
        assertThat(table.toList()).containsExactlyInAnyOrderElementsOf(answered());
    }

    private static Set<String> answered() throws IOException {
        var all = new TreeSet<String>();
        Arrays.stream(Rejection.Fact.values()).forEach(fact -> all.add(entry(Rejections.status(fact), fact.name())));
        Arrays.stream(Presented.Flaw.values())
                .forEach(flaw -> all.add(
                        entry(flaw.isUnauthorized() ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST, flaw.name())));
        for (var refusal : KeyCheck.Refusal.values()) {
            var suspended = refusal == KeyCheck.Refusal.SUSPENDED_KEY;
            all.add(entry(suspended ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED, refusal.name()));
        }
        all.add(entry(HttpStatus.FORBIDDEN, "not_a_token"));
        // What Spring refuses by itself.
        Stream.of(
                        HttpStatus.NOT_FOUND,
                        HttpStatus.METHOD_NOT_ALLOWED,
                        HttpStatus.NOT_ACCEPTABLE,
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .forEach(status -> all.add(entry(status, status.name())));
        var sources = sources();
        ANSWERED.matcher(sources).results().forEach(it -> all.add(entry(HttpStatus.valueOf(it.group(1)), it.group(2))));
        NOT_FOUND.matcher(sources).results().forEach(it -> all.add(entry(HttpStatus.NOT_FOUND, it.group(1))));
        return all;
    }

    private static String sources() throws IOException {
        try (var files = Files.list(Path.of("src/main/java/io/keyledger/key/api"))) {
            return files.map(CodesTest::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String entry(HttpStatus status, String code) {
        return status.value() + " " + code.toLowerCase(Locale.ROOT);
    }
}
