package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.Paper.each;

import java.util.function.DoubleUnaryOperator;
import org.thalweg.optim.conformance.Paper.Weights;

/** Rules with a rate for each element, in plain loops from their papers. */
final class AdaptivePaper {
    private AdaptivePaper() {}

    /** An exponential average of an element. */
    private static double average(Weights w, String name, int i, double beta, double x) {
        return w.now(name, i, beta * w.last(name, i) + (1 - beta) * x);
    }

    private static double bias(double beta, int t) {
        return 1 - Math.pow(beta, t);
    }

    static Paper rmsProp(double alpha, DoubleUnaryOperator root) {
        return each((w, i, _, _) -> w.u()[i] /= root.applyAsDouble(average(w, "h", i, alpha, w.u()[i] * w.u()[i])));
    }

    static Paper adam(double beta1, double beta2, double epsilon) {
        return adam(beta1, beta2, v -> Math.sqrt(v) + epsilon);
    }

    static Paper adam(double beta1, double beta2, DoubleUnaryOperator root) {
        return each((w, i, _, t) -> {
            double m = average(w, "m", i, beta1, w.u()[i]);
            double v = average(w, "s", i, beta2, w.u()[i] * w.u()[i]);
            w.u()[i] = m / bias(beta1, t) / root.applyAsDouble(v / bias(beta2, t));
        });
    }

    static Paper adamUncorrected(double beta1, double beta2, double epsilon) {
        return each((w, i, _, _) -> {
            double m = average(w, "m", i, beta1, w.u()[i]);
            double v = average(w, "s", i, beta2, w.u()[i] * w.u()[i]);
            w.u()[i] = m / (Math.sqrt(v) + epsilon);
        });
    }

    /** TTIC's "Adam (simplified)" with its N_g and N_s. */
    static Paper adamSimplified(double ng, double ns, double epsilon) {
        return each((w, i, _, t) -> {
            double g = w.u()[i];
            double mu = w.now("mu", i, (1 - 1 / Math.min(t, ng)) * w.last("mu", i) + 1 / Math.min(t, ng) * g);
            double s = w.now("s", i, (1 - 1 / Math.min(t, ns)) * w.last("s", i) + 1 / Math.min(t, ns) * g * g);
            w.u()[i] = mu / (Math.sqrt(s) + epsilon);
        });
    }

    /** @param slip how often PyTorch 1.13 multiplies the momentum into the product once too much: 1 there, 0 in the paper */
    static Paper nadam(double beta1, double beta2, double epsilon, double psi, int slip) {
        return each((w, i, _, t) -> {
            double mu = beta1 * (1 - 0.5 * Math.pow(0.96, t * psi));
            double next = beta1 * (1 - 0.5 * Math.pow(0.96, (t + 1) * psi));
            double product = w.now("product", i, (t == 1 ? 1 : w.last("product", i)) * mu);
            double m = average(w, "m", i, beta1, w.u()[i]);
            double v = average(w, "v", i, beta2, w.u()[i] * w.u()[i]);
            double ahead = next * m / (1 - product * next * Math.pow(mu, slip));
            w.u()[i] = (ahead + (1 - mu) * w.u()[i] / (1 - product)) / (Math.sqrt(v / bias(beta2, t)) + epsilon);
        });
    }

    static Paper signum(double beta) {
        return each((w, i, _, _) -> w.u()[i] = Math.signum(average(w, "m", i, beta, w.u()[i])));
    }

    static Paper lion(double beta1, double beta2) {
        return each((w, i, _, _) -> {
            double g = w.u()[i];
            w.u()[i] = Math.signum(beta1 * w.last("m", i) + (1 - beta1) * g);
            average(w, "m", i, beta2, g);
        });
    }

    static Paper adaBelief(double beta1, double beta2, double epsilon) {
        return each((w, i, _, t) -> {
            double g = w.u()[i];
            double m = average(w, "m", i, beta1, g);
            double s = w.now("s", i, beta2 * w.last("s", i) + (1 - beta2) * (g - m) * (g - m) + epsilon);
            w.u()[i] = m / bias(beta1, t) / (Math.sqrt(s / bias(beta2, t)) + epsilon);
        });
    }

    static Paper yogi(double beta1, double beta2, double epsilon, double initial) {
        return each((w, i, _, t) -> {
            double square = w.u()[i] * w.u()[i];
            double last = t == 1 ? initial : w.last("v", i);
            double v = w.now("v", i, last - (1 - beta2) * Math.signum(last - square) * square);
            w.u()[i] = average(w, "m", i, beta1, w.u()[i]) / (Math.sqrt(v) + epsilon);
        });
    }

    /** The step itself, with the rate: the paper's betas are one minus these, its decay shrinks what the step has made. */
    static Paper adan(double beta1, double beta2, double beta3, double epsilon, double decay) {
        return each((w, i, rate, t) -> {
            double g = w.u()[i];
            double difference = t == 1 ? 0 : g - w.last("g", i);
            w.now("g", i, g);
            double m = average(w, "m", i, beta1, g) / bias(beta1, t);
            double v = average(w, "v", i, beta2, difference) / bias(beta2, t);
            double n = average(w, "n", i, beta3, Math.pow(g + beta2 * difference, 2)) / bias(beta3, t);
            w.p()[i] -= rate / (Math.sqrt(n) + epsilon) * (m + beta2 * v);
            w.p()[i] /= 1 + decay * rate;
        });
    }

    static Paper adEmaMix(double beta1, double beta2, double beta3, double alpha, double epsilon) {
        return each((w, i, _, t) -> {
            double g = w.u()[i];
            double fast = average(w, "m1", i, beta1, g) / bias(beta1, t);
            double slow = average(w, "m2", i, beta3, g);
            double v = average(w, "v", i, beta2, g * g) / bias(beta2, t);
            w.u()[i] = (fast + alpha * slow) / (Math.sqrt(v) + epsilon);
        });
    }

    /**
     * The lecture's recurrences, slide by slide, with a batch size of 1, {@code B/B*} within 0 and 1 and the rate at most
     * {@code eta* = lambdaB lambdaEta}.
     */
    static Paper progressOptimal(double k, double lambdaB, double epsilon, double lambdaEta) {
        return each((w, i, _, t) -> {
            double gHat = w.u()[i];
            double spread = w.last("s", i) - w.last("g", i) * w.last("g", i);
            double batch = t - 1 <= k ? k : lambdaB * Math.max(0, spread) / (w.last("g", i) * w.last("g", i) + epsilon);
            double weight = Math.min(1, 1 / batch);
            double g = w.now("g", i, (1 - weight) * w.last("g", i) + weight * gHat);
            double s = w.now("s", i, (1 - weight) * w.last("s", i) + weight * gHat * gHat);
            double variance = Math.max(0, s - g * g);
            double eta = variance == 0 ? Double.POSITIVE_INFINITY : lambdaEta * g * g / variance;
            w.u()[i] = t <= k ? 0 : Math.min(eta, lambdaB * lambdaEta) * gHat;
        });
    }
}
