package org.thalweg.optim.conformance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of a paper's pseudo-code in plain double-precision loops, without our expressions; lines follow each other. */
@FunctionalInterface
interface Paper {
    /** Changes the directions, which start as the gradients. */
    void run(List<Weights> all, double rate, int t);

    /** A tensor with its direction so far and what the rule remembers. */
    @SuppressWarnings("ArrayRecordComponent") // views that the loops update
    record Weights(String name, double[] p, double[] u, int rows, Map<String, double[]> memory) {
        static Weights of(String name, double[] p, int rows) {
            return new Weights(name, p, new double[p.length], rows, new HashMap<>());
        }

        double last(String name, int i) {
            return memory.computeIfAbsent(name, _ -> new double[p.length])[i];
        }

        double now(String name, int i, double value) {
            memory.computeIfAbsent(name, _ -> new double[p.length])[i] = value;
            return value;
        }
    }

    /** What happens to one element. */
    @FunctionalInterface
    interface Element {
        void run(Weights w, int i, double rate, int t);
    }

    default Paper then(Paper next) {
        return (all, rate, t) -> {
            run(all, rate, t);
            next.run(all, rate, t);
        };
    }

    /** The same for every element of every tensor. */
    static Paper each(Element element) {
        return (all, rate, t) -> {
            for (Weights w : all) {
                for (int i = 0; i < w.p.length; i++) {
                    element.run(w, i, rate, t);
                }
            }
        };
    }

    /** {@code p <- p - rate * u}. */
    static Paper descend() {
        return each((w, i, rate, _) -> w.p[i] -= rate * w.u[i]);
    }

    /** {@code p <- p - u}, where the rate is in u. */
    static Paper subtract() {
        return each((w, i, _, _) -> w.p[i] -= w.u[i]);
    }

    /** Both kinds of weight decay: before a rule the L2 penalty, after it the decoupled one. */
    static Paper addWeights(double decay) {
        return each((w, i, _, _) -> w.u[i] += decay * w.p[i]);
    }

    /** Decoupled weight decay where the rate is in u. */
    static Paper addWeightsTimesRate(double decay) {
        return each((w, i, rate, _) -> w.u[i] += rate * decay * w.p[i]);
    }

    static Paper momentum(double beta) {
        return each((w, i, _, _) -> w.u[i] = w.now("v", i, beta * w.last("v", i) + w.u[i]));
    }

    static Paper momentumRateInside(double beta) {
        return each((w, i, rate, _) -> w.u[i] = w.now("v", i, beta * w.last("v", i) + rate * w.u[i]));
    }

    static Paper momentumAveraged(double beta) {
        return each((w, i, _, _) -> w.u[i] = w.now("v", i, beta * w.last("v", i) + (1 - beta) * w.u[i]));
    }

    static Paper nesterov(double beta) {
        return each((w, i, _, _) -> {
            double v = w.now("v", i, beta * w.last("v", i) + w.u[i]);
            w.u[i] += beta * v;
        });
    }

    /** {@code coefficient |p| / (|u| + decay |p|) (u + decay p)} for each tensor; the ratio is 1 if a norm is 0. */
    static Paper trustRatio(double coefficient, double decay, double epsilon) {
        return trustRatio(coefficient, decay, epsilon, 0, Double.POSITIVE_INFINITY);
    }

    /** With LAMB's phi, which keeps {@code |p|} from lower to upper. */
    static Paper trustRatio(double coefficient, double decay, double epsilon, double lower, double upper) {
        return (all, _, _) -> {
            for (Weights w : all) {
                double weight = norm(w.p, 0, w.p.length);
                double update = norm(w.u, 0, w.u.length);
                double phi = Math.min(Math.max(weight, lower), upper);
                double ratio = phi == 0 || update == 0 ? 1 : coefficient * phi / (update + decay * weight + epsilon);
                for (int i = 0; i < w.u.length; i++) {
                    w.u[i] = ratio * (w.u[i] + decay * w.p[i]);
                }
            }
        };
    }

    static Paper clipByGlobalNorm(double most, double epsilon) {
        return (all, _, _) -> {
            double norm = Math.sqrt(all.stream()
                    .mapToDouble(w -> Math.pow(norm(w.u, 0, w.u.length), 2))
                    .sum());
            for (Weights w : all) {
                scale(w.u, 0, w.u.length, Math.min(1, most / (norm + epsilon)));
            }
        };
    }

    static Paper adaptiveClip(double threshold, double least) {
        return (all, _, _) -> {
            for (Weights w : all) {
                int columns = w.p.length / w.rows;
                for (int from = 0; from < w.p.length; from += columns) {
                    double allowed = threshold * Math.max(least, norm(w.p, from, from + columns));
                    double norm = norm(w.u, from, from + columns);
                    scale(w.u, from, from + columns, norm > allowed ? allowed / norm : 1);
                }
            }
        };
    }

    static Paper clipByValue(double most) {
        return each((w, i, _, _) -> w.u[i] = Math.clamp(w.u[i], -most, most));
    }

    static Paper clipByNorm(double most) {
        return (all, _, _) -> {
            for (Weights w : all) {
                double norm = norm(w.u, 0, w.u.length);
                scale(w.u, 0, w.u.length, norm > most ? most / norm : 1);
            }
        };
    }

    /** Gradients of units without their mean; tensors of one row as they are. */
    static Paper centralize() {
        return (all, _, _) -> {
            for (Weights w : all) {
                int columns = w.p.length / w.rows;
                for (int from = 0; from < w.p.length && w.rows > 1; from += columns) {
                    double mean = Arrays.stream(w.u, from, from + columns).sum() / columns;
                    for (int i = from; i < from + columns; i++) {
                        w.u[i] -= mean;
                    }
                }
            }
        };
    }

    /** The smaller of the rate and the local one. */
    static Paper larcClipped(double coefficient, double epsilon) {
        return (all, rate, _) -> {
            for (Weights w : all) {
                double weight = norm(w.p, 0, w.p.length);
                double gradient = norm(w.u, 0, w.u.length);
                double local = coefficient * weight / (gradient + epsilon);
                if (weight != 0 && gradient != 0 && local < rate) {
                    scale(w.u, 0, w.u.length, local / rate);
                }
            }
        };
    }

    private static double norm(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i] * x[i];
        }
        return Math.sqrt(sum);
    }

    private static void scale(double[] x, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            x[i] *= factor;
        }
    }
}
