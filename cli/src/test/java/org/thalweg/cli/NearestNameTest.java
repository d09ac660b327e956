package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("adam", "adagrad", "rmsprop", "momentum", "nesterov");

    @ParameterizedTest
    @CsvSource({
        "adm,adam",
        "adma,adam",
        "ADAM,adam",
        "adamw,adam",
        "rmspop,rmsprop",
        "mometnum,momentum",
        "adagard,adagrad"
    })
    void finds_what_was_meant(String typed, String meant) {
        assertThat(NearestName.of(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"lion", "''", "x", "stochastic"})
    void does_not_guess_wildly(String typed) {
        assertThat(NearestName.of(typed, NAMES)).isEmpty();
    }

    @Test
    void has_no_answer_without_candidates() {
        assertThat(NearestName.of("adam", List.of())).isEmpty();
    }
}
