package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Formula;
import org.thalweg.optim.schedule.Schedule;

/** What noise is for. */
class NoiseRulesTest {
    private static final int CHAINS = 200_000;

    /**
     * On a quadratic of curvature c the chain is linear: {@code p <- (1 - rate c) p + sqrt(2 T rate) n}. From zero its variance
     * after k steps is {@code 2 T / (c (2 - rate c)) (1 - (1 - rate c)^2k)}, and neighbours have {@code 1 - rate c} of it in common.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.1, 1", "0.01, 0.1, 1", "1e-6, 0.02, 3", "5, 1.5, 1", "0.3, 0.4, 0.25"})
    void langevinHasTheStationaryVarianceOfItsChain(double temperature, double rate, double curvature) {
        float[] p = new float[CHAINS];
        float[] g = new float[CHAINS];
        int steps = 60;
        try (Optimizer optimizer = optimizer(new Langevin(temperature, 4), rate, p, g)) {
            for (int step = 0; step < steps; step++) {
                descend(optimizer, p, g, curvature);
            }
            double kept = 1 - rate * curvature;
            double variance = 2 * temperature / (curvature * (2 - rate * curvature));
            double now = variance * (1 - Math.pow(kept, 2 * steps));
            float[] before = p.clone();
            descend(optimizer, p, g, curvature);
            double after = variance * (1 - Math.pow(kept, 2 * steps + 2));
            double tolerance = 5 * Math.sqrt(2.0 / CHAINS);
            assertThat(mean(before, before) / now).isCloseTo(1, within(tolerance));
            assertThat(mean(p, p) / after).isCloseTo(1, within(tolerance));
            assertThat(mean(before, p) / now).isCloseTo(kept, within(tolerance));
            assertThat(Arrays.equals(before, p)).isFalse();
        }
    }

    private static Optimizer optimizer(Rule rule, double rate, float[] p, float[] g) {
        return Optimizer.of(rule, Schedule.constant(rate), List.of(Parameter.of("p", p, g)));
    }

    private static void descend(Optimizer optimizer, float[] p, float[] g, double curvature) {
        for (int i = 0; i < p.length; i++) {
            g[i] = (float) (curvature * p[i]);
        }
        optimizer.step();
    }

    private static double mean(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum / x.length;
    }

    /** The saddle of {@code x^2 - y^2 + y^4 / 4}; its minima are at {@code x = 0, y = +-sqrt 2}. */
    private static float[] fromTheSaddle(Rule rule, double rate, int steps) {
        float[] p = {0, 0};
        float[] g = new float[2];
        try (Optimizer optimizer = optimizer(rule, rate, p, g)) {
            for (int step = 0; step < steps; step++) {
                g[0] = 2 * p[0];
                g[1] = -2 * p[1] + p[1] * p[1] * p[1];
                optimizer.step();
            }
        }
        return p;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -77})
    void perturbedGradientLeavesASaddleThatGradientDescentSitsOn(long seed) {
        assertThat(fromTheSaddle(new Sgd(), 0.05, 1000)).containsExactly(0, 0);
        float[] reached = fromTheSaddle(new PerturbedGradient(1e-3, 1e-2, 50, seed), 0.05, 1000);
        assertThat((double) Math.abs(reached[1])).isCloseTo(Math.sqrt(2), within(2e-3));
        assertThat((double) reached[0]).isCloseTo(0, within(2e-3));
    }

    @Test
    void perturbsWhereTheGradientIsSmallAndThenWaits() {
        float[] p = new float[50];
        float[] g = new float[50];
        List<Integer> perturbed = new ArrayList<>();
        try (Optimizer optimizer = optimizer(new PerturbedGradient(0.5, 1, 3, 0), 1, p, g)) {
            for (int step = 1; step <= 20; step++) {
                g[7] = step >= 10 && step <= 12 ? 0.501f : 0.499f;
                float before = p[0];
                optimizer.step();
                if (p[0] != before) {
                    perturbed.add(step);
                }
            }
        }
        assertThat(perturbed).containsExactly(1, 5, 9, 13, 17);
    }

    /** In d dimensions a point uniform in the ball has a distance that is U^(1/d) of the radius, and no preferred direction. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void perturbationsAreUniformInTheBall(int dimensions) {
        int samples = 20_000;
        double[] volumes = new double[samples];
        double[] sums = new double[dimensions];
        float[] p = new float[dimensions];
        try (Optimizer optimizer = optimizer(new PerturbedGradient(0, 2, 0, 9), 0.5, p, new float[dimensions])) {
            for (int i = 0; i < samples; i++) {
                Arrays.fill(p, 0);
                optimizer.step();
                double squares = 0;
                for (int d = 0; d < dimensions; d++) {
                    squares += (double) p[d] * p[d];
                    sums[d] += p[d];
                }
                volumes[i] = Math.pow(squares, dimensions / 2.0);
            }
        }
        Arrays.sort(volumes);
        double distance = 0;
        for (int i = 0; i < samples; i++) {
            distance = Math.max(distance, Math.abs(volumes[i] - (i + 0.5) / samples));
        }
        assertThat(distance * Math.sqrt(samples)).isBetween(0.2, 2.2);
        for (double sum : sums) {
            assertThat(sum / samples).isCloseTo(0, within(5 / Math.sqrt(samples)));
        }
    }

    @Test
    void gradientNoiseFadesAsThePaperSays() {
        float[] p = new float[CHAINS];
        try (Optimizer optimizer = optimizer(new GradientNoise(0.3, 0.55, 1), 1, p, new float[CHAINS])) {
            for (int t = 0; t < 30; t++) {
                Arrays.fill(p, 0);
                optimizer.step();
                double variance = 0.3 / Math.pow(1 + t, 0.55);
                assertThat(mean(p, p) / variance).isCloseTo(1, within(5 * Math.sqrt(2.0 / CHAINS)));
            }
        }
    }

    private static float[] noise(Rule rule, String name) {
        float[] p = new float[1000];
        try (Optimizer optimizer =
                Optimizer.of(rule, Schedule.constant(1), List.of(Parameter.of(name, p, new float[p.length])))) {
            optimizer.step();
        }
        return p;
    }

    @Test
    void seedsParametersAndStepsHaveNoiseOfTheirOwn() {
        float[] one = noise(new Langevin(1, 0), "p");
        assertThat(noise(new Langevin(1, 0), "p")).isEqualTo(one);
        mustDiffer(one, noise(new Langevin(1, 1), "p"));
        mustDiffer(one, noise(new Langevin(1, 0), "q"));
        Rule two = (g, trace) -> trace.noise(0).minus(trace.noise(0));
        float[] difference = noise(two, "p");
        assertThat(mean(difference, difference)).isCloseTo(2, within(0.5));
    }

    private static void mustDiffer(float[] one, float[] other) {
        for (int i = 0; i < one.length; i++) {
            assertThat(one[i]).isNotEqualTo(other[i]);
        }
    }

    @Test
    void noisePrints() {
        assertThat(Formula.of(new Langevin().program()))
                .containsExactly("p ← p − rate·(g + (0 if rate = 0 else √(2·temperature / rate))·N(0, 1))");
        Rule twice = (_, trace) -> {
            Expr n = trace.noise(3);
            return n.times(n.norm()).plus(trace.stepNoise(3));
        };
        assertThat(Formula.of(twice.program())).containsExactly("u ~ N(0, 1)", "p ← p − rate·(u·‖u‖ + N(0, 1)_all)");
    }

    @Test
    void badOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Langevin(-1, 0))
                .withMessage("temperature must be 0 or more, not -1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new PerturbedGradient(1, Double.NaN, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GradientNoise(1, -0.1, 0));
    }
}
