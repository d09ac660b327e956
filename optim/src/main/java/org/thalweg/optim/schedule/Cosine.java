package org.thalweg.optim.schedule;

/**
 * Half a period of a cosine from the rate down to the floor, then the floor for good:
 *
 * <pre>{@code
 * at(s) = floor + (rate - floor) * (1 + cos(pi * s / steps)) / 2   for s < steps
 * at(s) = floor                                                    from s = steps on
 * }</pre>
 *
 * <p>Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017, equation 5, without the
 * restarts. PyTorch: {@code CosineAnnealingLR(T_max=steps, eta_min=floor)}, which rises again after {@code T_max}.
 *
 * @param rate the value at step 0; finite, at least 0
 * @param steps the first step that has the floor's value, at least 1
 * @param floor finite, from 0 to {@code rate}
 */
@About(
        summary = "half a cosine down to 0 or a floor",
        source = "Loshchilov and Hutter, ICLR 2017, equation 5",
        lectures = "KAIST, NTU")
public record Cosine(double rate, long steps, double floor) implements Schedule {
    /** @throws IllegalArgumentException if an argument is out of range */
    public Cosine {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("steps", 1, steps);
        Arguments.requireNotNegative("floor", floor);
        Arguments.require(floor <= rate, "floor", "at most the rate", floor);
    }

    /** Down to 0. */
    public Cosine(double rate, long steps) {
        this(rate, steps, 0);
    }

    @Override
    public double at(long step) {
        return Arguments.step(step) >= steps ? floor : between(rate, floor, step, steps);
    }

    static double between(double rate, double floor, long step, long steps) {
        double share = (1 + Math.cos(Math.PI * step / steps)) / 2;
        return rate * share + floor * (1 - share); // exactly the rate at step 0
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
