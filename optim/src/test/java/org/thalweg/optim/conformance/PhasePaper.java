package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.Paper.each;

import java.util.Arrays;
import java.util.List;
import org.thalweg.optim.conformance.Paper.Weights;

/** Rules that keep numbers beside their arrays, in plain loops from their papers; each changes the parameter itself. */
final class PhasePaper {
    private PhasePaper() {}

    static Paper novoGrad(double beta1, double beta2, double epsilon, double decay) {
        return (all, rate, t) -> {
            for (Weights w : all) {
                double square = Arrays.stream(w.u()).map(x -> x * x).sum();
                double v = w.now("v", 0, t == 1 ? square : beta2 * w.last("v", 0) + (1 - beta2) * square);
                for (int i = 0; i < w.p().length; i++) {
                    double scaled = w.u()[i] / (Math.sqrt(v) + epsilon) + decay * w.p()[i];
                    w.p()[i] -= rate * w.now("m", i, beta1 * w.last("m", i) + scaled);
                }
            }
        };
    }

    /** With all three sequences, as the paper has them: z steps, x averages, the gradient is taken at y. */
    static Paper scheduleFree(double beta) {
        return each((w, i, rate, t) -> step(w, i, rate, t, beta, w.u()[i]));
    }

    static Paper scheduleFreeAdamW(double beta1, double beta2, double epsilon, double decay) {
        return each((w, i, rate, t) -> {
            double g = w.u()[i];
            double v = w.now("v", i, beta2 * w.last("v", i) + (1 - beta2) * g * g);
            double corrected = rate * Math.sqrt(1 - Math.pow(beta2, t));
            step(w, i, corrected, t, beta1, g / (Math.sqrt(v) + epsilon) + decay * w.p()[i]);
        });
    }

    private static void step(Weights w, int i, double rate, int t, double beta, double direction) {
        double z = w.now("z", i, (t == 1 ? w.p()[i] : w.last("z", i)) - rate * direction);
        double sum = w.now("sum", i, w.last("sum", i) + rate * rate);
        double c = rate * rate / sum;
        double x = w.now("x", i, t == 1 ? z : (1 - c) * w.last("x", i) + c * z);
        w.p()[i] = (1 - beta) * z + beta * x;
    }

    /** Algorithm 1 over all parameters as one vector; after the switch the rate goes on as it was scheduled. */
    static Paper swats(double beta1, double beta2, double epsilon, double settled) {
        double[] sgd = new double[1];
        double[] lambda = new double[1];
        return (all, rate, t) -> {
            if (t == 1) {
                sgd[0] = 0;
                lambda[0] = 0;
            }
            if (sgd[0] > 0) {
                sgd(all, beta1, (1 - beta1) * sgd[0] * rate);
                return;
            }
            double squares = 0;
            double along = 0;
            for (Weights w : all) {
                for (int i = 0; i < w.p().length; i++) {
                    double g = w.u()[i];
                    double m = w.now("m", i, beta1 * w.last("m", i) + (1 - beta1) * g);
                    double v = w.now("v", i, beta2 * w.last("v", i) + (1 - beta2) * g * g);
                    double scale = rate * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
                    double step = -scale * m / (Math.sqrt(v) + epsilon);
                    w.p()[i] += step;
                    squares += step * step;
                    along += step * g;
                }
            }
            if (along != 0) {
                double gamma = squares / -along;
                lambda[0] = beta2 * lambda[0] + (1 - beta2) * gamma;
                double corrected = lambda[0] / (1 - Math.pow(beta2, t));
                if (t > 1 && Math.abs(corrected - gamma) < settled && corrected > 0) {
                    sgd[0] = corrected / rate;
                }
            }
        };
    }

    private static void sgd(List<Weights> all, double beta, double rate) {
        for (Weights w : all) {
            for (int i = 0; i < w.p().length; i++) {
                w.p()[i] -= rate * w.now("velocity", i, beta * w.last("velocity", i) + w.u()[i]);
            }
        }
    }
}
