package io.keyledger.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyledger.ingest.gate.Denial;
import io.keyledger.ingest.gate.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SENDERS.md, section 3, by endpoint. */
class DialectTest {

    /** On these in a 5xx, Telegraf's v1 output drops the batch. */
    private static final List<String> DROPPED_BY_V1 = List.of(
            "partial write",
            "retention policy",
            "database not found",
            "unable to parse",
            "points beyond",
            "hinted handoff");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void acceptedIsAlways204(Dialect dialect) {
        assertThat(dialect.accepted().status()).isEqualTo(204);
        assertThat(dialect.accepted().body()).isEmpty();
    }

    @Test
    void partlyRefusedIsToldInTheProtocolsOwnWay() {
        var push = Dialect.PUSH.partly(3, "why");
        assertThat(push.status()).isEqualTo(204);
        assertThat(push.headers()).isEqualTo(Map.of("X-Rejected-Lines", "3"));
        for (var dialect : List.of(Dialect.V1, Dialect.V2)) {
            var answer = dialect.partly(1, "why");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.mediaType()).isEqualTo("application/json");
            assertThat(answer.body())
                    .contains("\"error\":\"partial write: 1 line dropped")
                    .contains("\"message\":\"partial");
        }
    }

    @ParameterizedTest
    @EnumSource(Denial.class)
    void aRefusalIsPlainTextForV1AndAProblemForTheOthers(Denial denial) {
        var problem = Problem.of(denial);

        var v1 = Dialect.V1.problem(problem);
        assertThat(v1.mediaType()).startsWith("text/plain");
        assertThat(v1.body()).isEqualTo(denial.code() + ": " + denial.hint() + "\n");
        for (var dialect : List.of(Dialect.PUSH, Dialect.V2)) {
            var body = dialect.problem(problem).body();
            assertThat(body)
                    .contains("\"code\":\"" + denial.code() + "\"")
                    .contains("\"message\":\"" + denial.hint() + "\"")
                    .hasLineCount(1)
                    .hasSizeLessThan(1024);
        }
        assertThat(v1.headers().containsKey("WWW-Authenticate")).isEqualTo(denial.status() == 401);
    }

    @ParameterizedTest
    @EnumSource(Verdict.Cause.class)
    void whatPassesByItselfHasNoneOfThePhrasesOnWhichV1Drops(Verdict.Cause cause) {
        var body = Dialect.V1.problem(Problem.of(cause)).body().toLowerCase(Locale.ROOT);

        assertThat(DROPPED_BY_V1).noneMatch(body::contains);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultFitsTheFirstLineThatTelegrafLogs(Fault fault) {
        assertThat(Dialect.PUSH
                        .problem(Problem.of(fault, "a \"quoted\" \\ word"))
                        .body())
                .hasLineCount(1)
                .hasSizeLessThan(1024)
                .contains("a \\\"quoted\\\" \\\\ word");
        assertThat(fault.status()).isBetween(400, 499);
    }
}
