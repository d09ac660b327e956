package org.thalweg.optim;

/**
 * How the factor by which a loss is multiplied before its backward pass, so that small gradients in half precision do not
 * vanish, follows what happens.
 *
 * <p>Defaults: PyTorch's {@code GradScaler}. Source: Micikevicius et al., ICLR 2018, section 3.2.
 *
 * @param initial the first factor, above 0; a power of two changes no bit of a gradient that stays in range
 * @param growth what it is multiplied by after {@code interval} steps in a row that were made, 1 or more
 * @param backoff what it is multiplied by after a step that was skipped, above 0 up to 1
 * @param interval steps, at least 1
 */
public record LossScaling(double initial, double growth, double backoff, long interval) {
    public LossScaling {
        if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the loss scale must be above 0, not " + initial);
        }
        if (!(growth >= 1 && growth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("growth must be 1 or more, not " + growth);
        }
        if (!(backoff > 0 && backoff <= 1)) {
            throw new IllegalArgumentException("backoff must be above 0 and at most 1, not " + backoff);
        }
        if (interval < 1) {
            throw new IllegalArgumentException("interval must be at least 1 step, not " + interval);
        }
    }

    /** Dynamic, with the defaults. */
    public LossScaling() {
        this(0x1p16, 2, 0.5, 2000);
    }

    /** A factor that stays. */
    public LossScaling(double constant) {
        this(constant, 1, 1, 1);
    }
}
