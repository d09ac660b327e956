package org.thalweg.train.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldTest {
    private static final Map<String, String> THIRD_OF_FOUR =
            Map.of("RANK", "2", "WORLD_SIZE", "4", "MASTER_ADDR", "10.0.0.7", "MASTER_PORT", "1234");

    @Test
    void noVariablesAreAProcessByItself() {
        assertThat(World.fromEnvironment(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(World.fromEnvironment(Map.of("MASTER_ADDR", "somewhere"))).isEmpty();
    }

    @Test
    void readsWhatTorchrunSets() {
        assertThat(World.fromEnvironment(THIRD_OF_FOUR))
                .contains(new World(2, 4, 2, "10.0.0.7", 1234, "", Duration.ofSeconds(60)));
        Map<String, String> all = new LinkedHashMap<>(THIRD_OF_FOUR);
        all.putAll(Map.of("LOCAL_RANK", "0", "THALWEG_JOB", "night run", "THALWEG_TIMEOUT", "2.5"));
        assertThat(World.fromEnvironment(all))
                .contains(new World(2, 4, 0, "10.0.0.7", 1234, "night run", Duration.ofMillis(2500)));
    }

    @Test
    void aWorldOfOneNeedsNoAddress() {
        World one =
                World.fromEnvironment(Map.of("RANK", "0", "WORLD_SIZE", "1")).orElseThrow();
        assertThat(one.isAlone()).isTrue();
        assertThat(one.leads()).isTrue();
        assertThat(one).isEqualTo(World.ALONE);
    }

    @Test
    void saysItselfToAWorker() {
        World world = new World(1, 3, 1, "::1", 29501, "secret", Duration.ofMillis(1500));
        assertThat(World.fromEnvironment(world.environment())).contains(world);
        assertThat(world.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RANK | 4 | RANK must be a whole number from 0 to 3, not '4'
            RANK | -1 | RANK must be a whole number from 0 to 3
            RANK | two | not 'two'
            RANK | '' | RANK is not set
            WORLD_SIZE | 0 | WORLD_SIZE must be a whole number from 1
            WORLD_SIZE | '' | WORLD_SIZE is not set
            WORLD_SIZE | 99999999999 | WORLD_SIZE must be
            MASTER_ADDR | '' | MASTER_ADDR is not set
            MASTER_PORT | 0 | MASTER_PORT must be a whole number from 1 to 65535
            MASTER_PORT | 65536 | MASTER_PORT must be
            LOCAL_RANK | 4 | LOCAL_RANK must be
            THALWEG_TIMEOUT | soon | THALWEG_TIMEOUT must be seconds from 0.1 to 86400, not 'soon'
            THALWEG_TIMEOUT | NaN | THALWEG_TIMEOUT must be seconds
            THALWEG_TIMEOUT | 0 | THALWEG_TIMEOUT must be seconds
            """)
    void nonsenseIsToldWithTheVariable(String name, String value, String told) {
        Map<String, String> wrong = new LinkedHashMap<>(THIRD_OF_FOUR);
        wrong.put(name, value);
        assertThatThrownBy(() -> World.fromEnvironment(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }
}
