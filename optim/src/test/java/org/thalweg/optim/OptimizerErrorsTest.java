package org.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.AdaptiveGradientClip;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.PlateauWatch;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;

/** Bad input gets a sentence that says what to do, and changes nothing. */
class OptimizerErrorsTest {
    private static final Schedule RATE = Schedule.constant(0.5);
    private static final MemorySegment SIX = MemorySegment.ofArray(new float[6]);

    private final float[] value = {1, 2, 3};
    private final Parameter good = Parameter.of("good", value, new float[] {1, 1, 1});

    private static Parameter over(MemorySegment memory, long... shape) {
        return Parameter.of("w", memory, () -> Optional.of(SIX), shape);
    }

    private static Parameter from(Supplier<Optional<MemorySegment>> gradient) {
        return Parameter.of("w", MemorySegment.ofArray(new float[6]), gradient, 2, 3);
    }

    /** A parameter behind a good one: the error must come before the good one has changed. */
    private void assertStepRefused(Parameter bad, String message) {
        try (Optimizer optimizer = Optimizer.of(new Momentum(), RATE, List.of(good, bad))) {
            OptimizerState before = optimizer.state();
            assertThatIllegalArgumentException().isThrownBy(optimizer::step).withMessageContaining(message);
            assertThat(value).containsExactly(1, 2, 3);
            assertThat(optimizer.steps()).isZero();
            assertThat(optimizer.state()).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void gradientsThatDoNotFit() {
        assertStepRefused(
                from(() -> Optional.of(MemorySegment.ofArray(new float[5]))),
                "the gradient of parameter w holds 20 bytes, but shape [2, 3] needs 24");
        assertStepRefused(
                from(() -> Optional.of(MemorySegment.ofArray(new int[6]))),
                "the gradient of parameter w lies in a int[]: on the heap it must be a float[]");
        assertStepRefused(
                from(() -> Optional.of(Arena.ofAuto().allocate(26).asSlice(2))),
                "the gradient of parameter w is not aligned to 4 bytes");
    }

    @Test
    void memoryThatIsFreedOrAnotherThreads() throws Exception {
        MemorySegment freed;
        try (Arena arena = Arena.ofConfined()) {
            freed = arena.allocate(24, 4);
        }
        assertStepRefused(from(() -> Optional.of(freed)), "the gradient of parameter w is freed");
        assertStepRefused(over(freed, 6), "the value of parameter w is freed");
        MemorySegment foreign = CompletableFuture.supplyAsync(
                        () -> Arena.ofConfined().allocate(24, 4), Thread::startVirtualThread)
                .get();
        assertStepRefused(from(() -> Optional.of(foreign)), "the gradient of parameter w belongs to another thread");
        assertStepRefused(over(foreign, 6), "the value of parameter w belongs to another thread");
    }

    @Test
    void aSupplierThatThrows() {
        RuntimeException broken = new UnsupportedOperationException("broken");
        try (Optimizer optimizer = Optimizer.of(new Adam(), RATE, List.of(good, from(() -> {
            throw broken;
        })))) {
            assertThatThrownBy(optimizer::step).isSameAs(broken);
            assertThat(value).containsExactly(1, 2, 3);
            assertThat(optimizer.steps()).isZero();
        }
    }

    @Test
    void valuesThatCannotBeWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> over(SIX.asReadOnly(), 6))
                .withMessage("the value of parameter w is read-only: give memory to write");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> over(MemorySegment.ofArray(new byte[24]), 6))
                .withMessage("the value of parameter w lies in a byte[]: on the heap it must be a float[]");
    }

    static List<long[]> impossibleShapes() {
        return List.of(new long[] {-2, -3}, new long[] {1L << 40, 1L << 40}, new long[] {1L << 62, 4});
    }

    @ParameterizedTest
    @MethodSource("impossibleShapes")
    void shapesThatCannotBe(long[] shape) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> over(SIX, shape))
                .withMessageStartingWith("parameter w cannot have shape [");
    }

    @Test
    void gradientsMayBeReadOnlyAndTensorsEmpty() {
        float[] w = new float[20];
        float[] g = new float[20];
        Arrays.fill(g, 2);
        MemorySegment readOnly = MemorySegment.ofArray(g).asReadOnly();
        Parameter read = Parameter.of("w", MemorySegment.ofArray(w), () -> Optional.of(readOnly), 20);
        Parameter empty = Parameter.of("empty", new float[0], new float[0], 0, 5);
        Rule byRows = new AdaptiveGradientClip(1e9, 1e9).then(new Sgd());
        try (Optimizer optimizer = Optimizer.of(byRows, RATE, List.of(empty, read))) {
            optimizer.step();
        }
        assertThat(w).containsOnly(-1);
    }

    @Test
    void parametersThatAreMissingOrNamedAlike() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.of(new Sgd(), RATE, List.of()))
                .withMessage("group all has no parameters: leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.of(List.of(), RATE))
                .withMessage("an optimizer needs at least one parameter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.of(new Sgd(), RATE, List.of(good, good)))
                .withMessage("two parameters are named good: give each a name of its own");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void multipliersThatAreNone(double multiplier) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ParameterGroup("head", new Sgd(), multiplier, List.of(good)))
                .withMessage("the rate multiplier of group head must be 0 or more, not " + multiplier);
    }

    @Test
    void rulesThatCannotBeCompiled() {
        Rule cubic = (g, _) -> g.power(g);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.of(cubic, RATE, List.of(good)))
                .withMessageContaining("power is for uniforms");
    }

    @Test
    void hyperparametersThatNoRuleHas() {
        try (Optimizer optimizer = Optimizer.of(new Adam(), RATE, List.of(good))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.schedule("beta", RATE))
                    .withMessage("no rule of this optimizer has a hyperparameter beta; it has [beta1, beta2, epsilon]");
        }
    }

    static List<OptimizerState> foreignStates() {
        float[] three = {7, 7, 7};
        return List.of(
                new OptimizerState(4, Map.of()),
                new OptimizerState(4, Map.of("good", Map.of("first_moment", three))),
                new OptimizerState(4, Map.of("good", Map.of("velocity", new float[2]))),
                new OptimizerState(4, Map.of("good", Map.of("velocity", three), "other", Map.of())));
    }

    @ParameterizedTest
    @MethodSource("foreignStates")
    void statesOfAnotherRuleOrModel(OptimizerState foreign) {
        try (Optimizer optimizer = Optimizer.of(new Momentum(), RATE, List.of(good))) {
            optimizer.step();
            OptimizerState before = optimizer.state();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.restore(foreign))
                    .withMessageStartingWith("the saved ");
            assertThat(optimizer.state()).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void anOptimizerThatIsClosed() {
        Optimizer optimizer = Optimizer.of(new Momentum(), RATE, List.of(good));
        OptimizerState state = optimizer.state();
        optimizer.close();
        optimizer.close();
        assertThatIllegalStateException().isThrownBy(optimizer::step).withMessage("this optimizer is closed");
        assertThatIllegalStateException().isThrownBy(optimizer::state);
        assertThatIllegalStateException().isThrownBy(() -> optimizer.restore(state));
        assertThat(value).containsExactly(1, 2, 3);
    }

    @Test
    void aPlateauThatNobodyFeedsIsRefused() {
        Schedule unfed = RATE.reduceOnPlateau();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Optimizer.of(new Sgd(), unfed, List.of(good)).close())
                .withMessageContaining("watch()");
        PlateauWatch watch = new ReduceOnPlateau(RATE, 0.5, 0).watch();
        try (Optimizer optimizer = Optimizer.of(new Momentum(), watch, List.of(good))) {
            watch.observe(Double.NaN);
            assertThat(optimizer.rate()).isEqualTo(0.25);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> optimizer.schedule("beta", unfed))
                    .withMessageContaining("watch()");
        }
    }
}
