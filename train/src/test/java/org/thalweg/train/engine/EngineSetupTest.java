package org.thalweg.train.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
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
    void isInTheProcesssEnvironmentBeforeLibtorchReadsIt() throws Throwable {
        Assumptions.assumeTrue(Engine.start().setup().tuning() == Tuning.TUNED);
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow("getenv");
        MethodHandle getenv = linker.downcallHandle(function, FunctionDescriptor.of(ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("OPENBLAS_NUM_THREADS");
            MemorySegment value = (MemorySegment) getenv.invoke(name);
            String expected = System.getenv().getOrDefault("OPENBLAS_NUM_THREADS", "1");
            assertThat(value.reinterpret(16).getString(0)).isEqualTo(expected);
        }
        assertThat(torch.get_num_threads()).isEqualTo(Engine.start().setup().threads());
    }

    @Test
    void refusesVirtualThreads() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
        Thread thread = Thread.ofVirtual().unstarted(() -> thrown.set(Assertions.catchThrowable(Engine::start)));
        thread.start();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("platform threads");
    }

    @Test
    void anEngineCannotChangeItsSetUp() {
        Engine engine = Engine.start();
        assertThat(Engine.start(engine.setup())).isSameAs(engine);
        EngineSetup other = new EngineSetup(engine.setup().threads() + 1);
        assertThatIllegalStateException().isThrownBy(() -> Engine.start(other)).withMessageContaining(other.toString());
        assertThat(engine.summary()).startsWith("libtorch 2.").doesNotContain("\n");
    }
}
