package org.thalweg.optim.conformance;

import java.util.List;
import org.thalweg.optim.conformance.Paper.Weights;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.StepNoise;

/** The pseudo-code of papers that add noise, with the numbers of the rule's own generator. */
final class NoisePaper {
    private NoisePaper() {}

    /** Welling and Teh's eq. 4 as a gradient. */
    static Paper langevin(double temperature, long seed) {
        Noise noise = new Noise(seed, 0);
        return Paper.each((w, i, rate, t) ->
                w.u()[i] += rate == 0 ? 0 : Math.sqrt(2 * temperature * rate) / rate * noise.at(w.name(), t, i));
    }

    /** The same behind something that has the rate in u. */
    static Paper langevinTimesRate(double temperature, long seed) {
        Noise noise = new Noise(seed, 0);
        return Paper.each((w, i, rate, t) -> w.u()[i] += Math.sqrt(2 * temperature * rate) * noise.at(w.name(), t, i));
    }

    /** Neelakantan's eq. 1; {@code stream} counts the noises in the composition. */
    static Paper gradientNoise(double eta, double gamma, long seed, int stream) {
        Noise noise = new Noise(seed, stream);
        return Paper.each((w, i, _, t) -> {
            int stepsBefore = t - 1;
            w.u()[i] += Math.sqrt(eta / Math.pow(1 + stepsBefore, gamma)) * noise.at(w.name(), t, i);
        });
    }

    /** Jin's Algorithm 2. */
    static Paper perturbed(double threshold, double radius, double pause, long seed) {
        Noise noise = new Noise(seed, 0);
        double[] last = {Double.NEGATIVE_INFINITY};
        return (all, _, t) -> {
            if (t == 1) {
                last[0] = Double.NEGATIVE_INFINITY;
            }
            if (norm(all) <= threshold && t - last[0] > pause) {
                last[0] = t;
                double length = lengthWithTwoMore(all, noise, t);
                for (Weights w : all) {
                    for (int i = 0; i < w.u().length; i++) {
                        w.u()[i] += radius * noise.at(w.name(), t, i) / length;
                    }
                }
            }
        };
    }

    private static double norm(List<Weights> all) {
        double squares = 0;
        for (Weights w : all) {
            for (double u : w.u()) {
                squares += u * u;
            }
        }
        return Math.sqrt(squares);
    }

    private static double lengthWithTwoMore(List<Weights> all, Noise noise, int t) {
        double one = new StepNoise(noise.seed(), 1).at(t);
        double other = new StepNoise(noise.seed(), 2).at(t);
        double squares = one * one + other * other;
        for (Weights w : all) {
            for (int i = 0; i < w.u().length; i++) {
                double number = noise.at(w.name(), t, i);
                squares += number * number;
            }
        }
        return Math.sqrt(squares);
    }
}
