package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thalweg.optim.conformance.Walk.SCALAR;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Formula;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/** Numbers that a rule keeps for a tensor as a whole, and state that starts as a copy of the parameter. */
class ScalarStateTest {
    private static final double TOLERANCE = 1e-6;

    /** A product over the steps, as Nadam's: known at once, in one pass. */
    private static final Rule PRODUCT = (g, trace) -> {
        ScalarState product = trace.scalarState("product", 1);
        Expr factor = Expr.constant(0.9)
                .plus(Expr.constant(-0.01).times(trace.step()).exp().times(0.05));
        return trace.assign(product, product.times(factor)).times(g);
    };

    /** An average of squared norms, as NovoGrad's: known in the second pass, and used there. */
    private static final Rule NORM_AVERAGE = (g, trace) -> {
        ScalarState v = trace.scalarState("norm_average", 0.5);
        Expr next = trace.assign(v, v.times(0.8).plus(g.norm().squared().times(0.2)));
        return g.over(next.sqrt().plus(1e-3)).plus(v.plus(1).log().times(1e-3));
    };

    /** A sum that nothing in the same step waits for: one pass, and a number that is late by a step. */
    private static final Rule LATE = (g, trace) -> {
        ScalarState last = trace.scalarState("last_norm", 1);
        trace.assign(last, g.norm().plus(0.1));
        return g.over(last);
    };

    /** The way from where the parameter began. */
    private static final Rule FROM_START = (g, trace) -> {
        State start = trace.stateFromParameter("start");
        return g.plus(trace.parameter().minus(start).times(0.1));
    };

    private static final Course COURSE = Course.random(
                    3, 6, List.of(new long[] {37}, new long[] {5, 33}, new long[] {1}, new long[] {70_000}))
            .missing(2, 1);

    static List<Rule> rules() {
        return List.of(PRODUCT, NORM_AVERAGE, LATE, FROM_START);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void meansTheSameInInterpreterAndKernels(Rule rule) {
        Outcome scalar = Walk.along(COURSE, SCALAR, rule);
        scalar.mustBeNear(Reference.along(COURSE, rule), TOLERANCE);
        scalar.mustEqual(Walk.along(COURSE, VECTOR, Memory.NATIVE, rule));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void goesOnFromASavedStateWithTheSameBits(Rule rule) {
        float[] whole = {1, 2, 3};
        float[] parts = {1, 2, 3};
        run(rule, whole, new OptimizerState(0, initialStates(rule), initialScalars(rule)), 7);
        OptimizerState middle = run(rule, parts, new OptimizerState(0, initialStates(rule), initialScalars(rule)), 3);
        run(rule, parts, middle, 4);
        assertThat(parts).isEqualTo(whole);
    }

    private static Map<String, Map<String, float[]>> initialStates(Rule rule) {
        try (Optimizer optimizer = optimizer(rule, new float[] {1, 2, 3}, new float[3])) {
            return optimizer.state().tensors();
        }
    }

    private static Map<String, Map<String, Double>> initialScalars(Rule rule) {
        try (Optimizer optimizer = optimizer(rule, new float[] {1, 2, 3}, new float[3])) {
            return optimizer.state().scalars();
        }
    }

    private static Optimizer optimizer(Rule rule, float[] values, float[] gradient) {
        return Optimizer.of(rule, Schedule.constant(0.1), List.of(Parameter.of("p", values, gradient)));
    }

    private static OptimizerState run(Rule rule, float[] values, OptimizerState from, int steps) {
        float[] gradient = new float[values.length];
        try (Optimizer optimizer = optimizer(rule, values, gradient)) {
            optimizer.restore(from);
            for (int i = 0; i < steps; i++) {
                for (int j = 0; j < gradient.length; j++) {
                    gradient[j] = values[j] - j;
                }
                optimizer.step();
            }
            return optimizer.state();
        }
    }

    @Test
    void aNumberNobodyWaitsForCostsNoPass() {
        assertThat(Cost.of(LATE)).isEqualTo(new Cost(12, 0, 1));
        assertThat(Cost.of(NORM_AVERAGE)).isEqualTo(new Cost(16, 0, 2));
    }

    @Test
    void printsLikeOtherState() {
        assertThat(Formula.of(LATE.program()))
                .containsExactly("last_norm ← ‖g‖ + 0.1", "p ← p − rate·(g / last_norm[t-1])");
    }

    @Test
    void cannotBecomeSomethingThatDiffersWithinTheTensor() {
        Rule wrong = (g, trace) -> {
            ScalarState s = trace.scalarState("s", 0);
            return trace.assign(s, g.norm(Expr.Scope.ROW));
        };
        assertThatThrownBy(() -> optimizer(wrong, new float[2], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a number of the tensor as a whole cannot become something that differs");
    }
}
