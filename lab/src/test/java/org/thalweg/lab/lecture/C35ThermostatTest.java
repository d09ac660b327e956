package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C35Thermostat.Baths;
import org.thalweg.lab.lecture.C35Thermostat.Wells;
import org.thalweg.lab.problem.DoubleWell;
import org.thalweg.lab.problem.LinearModel;

class C35ThermostatTest {
    private static final GibbsLaw LAW = new GibbsLaw(new DoubleWell(1, 0.3)::value, -2, 2, 40);

    /** @param exponent of the temperature over the rate */
    private static Baths baths(double exponent, double sampledOff, double langevin, double temperature) {
        List<Double> rates = List.of(0.01, 0.1, 0.3);
        List<Double> temperatures =
                rates.stream().map(rate -> Math.pow(rate, exponent)).toList();
        List<Double> theory =
                temperatures.stream().map(it -> it / (1 + sampledOff)).toList();
        return new Baths(
                List.of(new SampledBowl("bowl", rates, temperatures, theory, rates)),
                List.of(new LangevinBowl(0.5, List.of(1.0, 5.0), List.of(0.5, 0.1 * langevin))),
                List.of(new Wells("SGD", 0.6, LAW.shares(temperature))));
    }

    private static Outcome outcome(Baths... measured) {
        return new C35Thermostat().judge(List.of(measured)).outcome();
    }

    @Test
    void allAsTheoryHasItHolds() {
        assertThat(outcome(baths(1, 0, 1, 0.6), baths(1.09, 0.09, 0.92, 0.62))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void eachPartAlonePutsALimit() {
        assertThat(outcome(baths(1.15, 0, 1, 0.6))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(baths(1, -0.15, 1, 0.6))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(baths(1, 0, 0.85, 0.6), baths(1, 0, 1, 0.6))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void eachPartAloneCanFail() {
        assertThat(outcome(baths(2, 0, 1, 0.6))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(baths(1, 0.5, 1, 0.6))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(baths(1, 0, 2, 0.6))).isEqualTo(Outcome.NOT_HERE);
        assertThat(outcome(baths(1, 0, 1, 1.2))).as("at twice the temperature").isEqualTo(Outcome.NOT_HERE);
    }

    /** In a bowl it is the normal law of variance T / h. */
    @Test
    void gibbssLawInABowlIsNormal() {
        GibbsLaw bowl = new GibbsLaw(x -> 3 * x * x / 2, -2, 2, 20);
        NormalDistribution normal = NormalDistribution.of(0, Math.sqrt(0.9 / 3));
        List<Double> shares = bowl.shares(0.9);
        assertThat(shares.get(12)).isCloseTo(normal.probability(0.4, 0.6), within(1e-6));
        assertThat(shares.getFirst()).as("with all beyond").isCloseTo(normal.cumulativeProbability(-1.8), within(1e-5));
        assertThat(bowl.distance(shares, 0.9)).isZero();
        assertThat(bowl.bin(-7)).isZero();
        assertThat(bowl.bin(1.99)).isEqualTo(19);
    }

    /** One step from a point drawn by the stationary covariance leaves its variance as it is: the mean over many draws by hand. */
    @Test
    void theClosedFormIsStationary() {
        DiabetesRegression diabetes = new DiabetesRegression(1, 2);
        LinearModel problem = diabetes.problem();
        double[] minimum = diabetes.minimum();
        for (double slope : problem.gradient(minimum)) {
            assertThat(slope).isCloseTo(0, within(1e-5));
        }
        double rate = 0.05;
        double[] w = minimum.clone();
        double sum = 0;
        int steps = 200_000;
        for (int step = 0; step < steps; step++) {
            double[] gradient = problem.gradient(w, 5, step);
            for (int i = 0; i < w.length; i++) {
                w[i] -= rate * gradient[i];
                sum += (w[i] - minimum[i]) * (w[i] - minimum[i]) / steps;
            }
        }
        double theory = 0;
        for (double variance : diabetes.variances(rate)) {
            theory += variance;
        }
        assertThat(sum).isCloseTo(theory, within(0.05 * theory));
    }
}
