package org.thalweg.optim.schedule;

/**
 * Up in a straight line, level for most of the run, down at its end: {@code rate * (s + 1) / warmUp} for the first {@code
 * warmUp} steps, {@code rate} for {@code stable} steps, then {@code floor + (rate - floor) * f(i / decay)} at step {@code i}
 * from 0 of the fall, and the floor for good.
 *
 * <p>Hu et al., MiniCPM, 2024, section 4; the fall by one minus a square root: Hägele et al., Scaling Laws and Compute-Optimal
 * Training Beyond Fixed Training Durations, NeurIPS 2024. A run can be prolonged from any point before the fall. PyTorch: none.
 *
 * @param rate of the level part; finite, at least 0
 * @param warmUp the steps of the rise, at least 0
 * @param stable the steps of the level part, at least 0
 * @param decay the steps of the fall, at least 1; the first of them still has the rate
 * @param floor finite, from 0 to {@code rate}
 * @param fall the curve of the fall
 */
@About(summary = "rises, stays, falls at the end (WSD, trapezoid)", source = "Hu et al., MiniCPM, 2024, section 4")
public record WarmUpStableDecay(double rate, long warmUp, long stable, long decay, double floor, Fall fall)
        implements Schedule {
    /** What is left of the height after a part {@code x} of the fall. */
    public enum Fall {
        /** {@code f(x) = 1 - x}. */
        LINEAR,
        /** {@code f(x) = (1 + cos(pi * x)) / 2}. */
        COSINE,
        /** {@code f(x) = 1 - sqrt(x)}. */
        SQRT
    }

    /** @throws IllegalArgumentException if an argument is out of range */
    public WarmUpStableDecay {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("warmUp", 0, warmUp);
        Arguments.requireAtLeast("stable", 0, stable);
        Arguments.requireAtLeast("decay", 1, decay);
        Arguments.requireNotNegative("floor", floor);
        Arguments.require(floor <= rate, "floor", "at most the rate", floor);
    }

    /** In a straight line. */
    public WarmUpStableDecay(double rate, long warmUp, long stable, long decay, double floor) {
        this(rate, warmUp, stable, decay, floor, Fall.LINEAR);
    }

    /** Down to 0. */
    public WarmUpStableDecay(double rate, long warmUp, long stable, long decay) {
        this(rate, warmUp, stable, decay, 0);
    }

    @Override
    public double at(long step) {
        if (Arguments.step(step) < warmUp) {
            return rate * ((step + 1.0) / warmUp);
        }
        long falling = step - warmUp - stable;
        if (falling < 0) {
            return rate;
        }
        double part = Math.min(1, (double) falling / decay);
        double height = switch (fall) {
            case LINEAR -> 1 - part;
            case COSINE -> (1 + Math.cos(Math.PI * part)) / 2;
            case SQRT -> 1 - Math.sqrt(part);
        };
        return rate * height + floor * (1 - height);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
