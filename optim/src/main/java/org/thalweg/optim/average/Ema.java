package org.thalweg.optim.average;

/**
 * An exponential moving average of the weights: {@code average <- decay * average + (1 - decay) * weights}.
 *
 * <p>Defaults: decay 0.999 as PyTorch's {@code get_ema_avg_fn}; corrected, since a short run's average would else be
 * mostly of its beginning: after 1,000 steps at 0.999 the first weights have a share of 37 percent with a copied start, and
 * of 0.06 percent with a corrected one.
 *
 * <p>Source: Kingma and Ba, ICLR 2015, section 7.2.
 *
 * @param decay how much of the average stays at each step, from 0 up to but not including 1
 * @param start what the average is in the first steps
 */
public record Ema(double decay, Start start) implements Averaging {
    /** What the average is in the first steps. */
    public enum Start {
        /** All steps' weights count as their decay says, divided by what those have in all, {@code 1 - decay^t}. */
        CORRECTED,
        /** The first step's weights stand for all before them: PyTorch's {@code AveragedModel}. */
        COPY
    }

    public Ema {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("decay must be at least 0 and below 1, not " + decay);
        }
    }

    /** Corrected at the start. */
    public Ema(double decay) {
        this(decay, Start.CORRECTED);
    }

    public Ema() {
        this(0.999);
    }

    @Override
    public double share(long step) {
        return switch (start) {
            case CORRECTED -> (1 - decay) / (1 - Math.pow(decay, step));
            case COPY -> 1 - decay;
        };
    }
}
