package io.keyledger.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteTest {

    @Test
    void aPartThatDoesNotStartLeavesNoneOfThoseBeforeIt() {
        var ended = new ArrayList<String>();
        var failure = new IllegalStateException("the registry does not start");

        assertThatThrownBy(() -> Suite.startOrEnd(
                        () -> {
                            throw failure;
                        },
                        () -> {
                            ended.add("postgres");
                            throw new IllegalStateException("and PostgreSQL does not end well");
                        },
                        () -> ended.add("broker")))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(ended).isEqualTo(List.of("postgres", "broker"));
    }

    @Test
    void aPartThatStartsEndsNone() {
        var ended = new ArrayList<String>();

        assertThat(Suite.startOrEnd(() -> "registry", () -> ended.add("broker")))
                .isEqualTo("registry");
        assertThat(ended).isEmpty();
    }
}
