package org.thalweg.optim.schedule;

/**
 * Rules of scale: what becomes of the hyperparameters of a small batch when the batch is another one, so that training goes the
 * same way in fewer steps.
 *
 * <p>Schedules count in steps, of which an epoch of larger batches has fewer: lengths are to be divided by the batch's growth as
 * well, which no rule here does.
 */
public enum Scaling {
    /** The rate grows as the batch: Krizhevsky, 2014; Goyal et al., Accurate, Large Minibatch SGD, 2017, section 2.1. */
    LINEAR {
        @Override
        public double factor(long from, long to) {
            return ratio(from, to);
        }
    },
    /** The rate grows as the batch's square root, as the Ginsburg lecture has it: Krizhevsky, 2014; Hoffer et al., 2017. */
    SQRT {
        @Override
        public double factor(long from, long to) {
            return Math.sqrt(ratio(from, to));
        }
    };

    /**
     * What the learning rate is multiplied by.
     *
     * @param from the batch size that the rate was found for, at least 1
     * @param to the batch size that it is to be used with, at least 1
     */
    public abstract double factor(long from, long to);

    /** A schedule multiplied by {@link #factor}; one that is reduced on plateaus still is, down to a scaled floor. */
    public Schedule scaled(Schedule rate, long from, long to) {
        double factor = factor(from, to);
        if (factor == 1) {
            return rate;
        }
        return rate instanceof ReduceOnPlateau p
                ? new ReduceOnPlateau(
                        new Times(p.before(), factor),
                        p.factor(),
                        p.patience(),
                        p.threshold(),
                        p.thresholdMode(),
                        p.cooldown(),
                        p.floor() * factor,
                        p.aim())
                : new Times(rate, factor);
    }

    /**
     * The momentum that remembers as many examples at another batch size. A momentum of {@code beta} averages about {@code N = 1
     * / (1 - beta)} updates, hence {@code N * from} examples; the TTIC lecture holds that number: {@code N_to = N_from * from /
     * to}. Where that is less than one update the answer is 0: no batch is remembered but the present one.
     *
     * @param beta from 0 to below 1
     * @param from the batch size that it was found for, at least 1
     * @param to the batch size that it is to be used with, at least 1
     */
    public static double momentum(double beta, long from, long to) {
        Arguments.require(beta >= 0 && beta < 1, "beta", "from 0 to below 1", beta);
        return Math.max(0, 1 - (1 - beta) * ratio(from, to));
    }

    /**
     * The second moment's weight that remembers as many examples at another batch size: {@code N_s}, measured in examples, is
     * the same for all batch sizes (TTIC lecture), hence the formula of {@link #momentum}. It presumes that squares are averaged
     * over examples; the square of a batch's mean gradient, which rules keep in their place, shrinks as well where noise rules.
     *
     * @param beta from 0 to below 1
     * @param from the batch size that it was found for, at least 1
     * @param to the batch size that it is to be used with, at least 1
     */
    public static double secondMoment(double beta, long from, long to) {
        return momentum(beta, from, to);
    }

    private static double ratio(long from, long to) {
        Arguments.requireAtLeast("the batch size scaled from", 1, from);
        Arguments.requireAtLeast("the batch size scaled to", 1, to);
        return (double) to / from;
    }
}
