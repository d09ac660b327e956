package org.thalweg.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.engine.EngineSetup.Tuning;

class EngineSetupTest {
    @Test
    void readsWhatItPrints() {
        for (Tuning tuning : Tuning.values()) {
            EngineSetup setup = new EngineSetup(tuning, 3);
            assertThat(EngineSetup.parse(setup.toString())).isEqualTo(setup);
        }
        assertThat(EngineSetup.parse(" Untuned ").tuning()).isEqualTo(Tuning.UNTUNED);
    }

    @Test
    void takesTheEnvironmentsWord() {
        assertThat(EngineSetup.fromEnvironment(Map.of("THALWEG_ENGINE", "untuned,threads=1")))
                .isEqualTo(new EngineSetup(Tuning.UNTUNED, 1));
        assertThat(EngineSetup.fromEnvironment(Map.of())).isEqualTo(new EngineSetup());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "tuned,", "tuned,threads", "tuned,threads=x", "tuned,threads=1,more"})
    void saysWhatItUnderstands(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSetup.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("tuned,threads=4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuned,threads=0", "tuned,threads=-1", "tuned,threads=1025"})
    void refusesThreadsOutOfRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineSetup.parse(text))
                .withMessageContaining("between 1 and 1024");
    }

    @Test
    void anEngineCannotChangeItsSetUp() {
        Engine engine = Engine.start();
        assertThat(Engine.start(engine.setup())).isSameAs(engine);
        EngineSetup other = new EngineSetup(engine.setup().threads() + 1);
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> Engine.start(other))
                .withMessageContaining(other.toString());
        assertThat(engine.summary()).startsWith("libtorch 2.").doesNotContain("\n");
    }
}
