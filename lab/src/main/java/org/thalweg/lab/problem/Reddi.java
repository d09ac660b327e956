package org.thalweg.lab.problem;

import java.util.List;

/**
 * Reddi, Kale and Kumar's convex counterexample: linear losses of one variable between -1 and 1, a large one now and then
 * that points the right way, and small ones in between that do not. Adam forgets the large gradient too soon and goes to
 * the worst point, 1; AMSGrad does not.
 *
 * <pre>{@code
 * f_t(x) = large x    where t mod period = 1, or with random draws by a chance of 1 / period
 *          -small x   otherwise
 * }</pre>
 *
 * <p>The value is the mean loss, {@code (large - (period - 1) small) / period x}. The defaults are those of the paper's
 * synthetic experiment; with {@code small=1,period=3} and {@code large} above 2 it is Theorem 1's, where Adam fails with
 * {@code beta1=0} and {@code beta2=1/(1+large^2)} at rates that fall as {@code 1/sqrt(t)}.
 *
 * @param large the slope of the losses now and then, above {@code (period - 1) small}
 * @param small the slope of the others, taken negative, at least 0
 * @param period at least 2
 * @param random whether the large loss comes by chance; in the paper with a chance of 0.01
 */
@About(
        summary = "convex and online: Adam goes to the worst point, AMSGrad to the best",
        formula = "large x where t mod period = 1, else -small x; -1 <= x <= 1",
        source = "Reddi, Kale and Kumar, On the convergence of Adam and beyond, ICLR 2018, Theorem 1 and section 5",
        lectures = "CMU 10-605, Ginsburg CS217")
public record Reddi(double large, double small, int period, boolean random) implements Problem {
    /** @throws IllegalArgumentException if the mean loss would not have its minimum at -1 */
    public Reddi {
        Require.count("period", period, 2);
        Require.atLeast("small", small, 0);
        Require.atLeast("large", large, 0);
        if (!(large > (period - 1) * small)) {
            throw new IllegalArgumentException(
                    "large must be above (period - 1) small = %s, or the minimum is not where the large losses point"
                            .formatted((period - 1) * small));
        }
    }

    /** As in the paper's experiment: 1010 and 10, one in 101. */
    public Reddi() {
        this(1010, 10, 101, false);
    }

    @Override
    public String name() {
        return Problems.text(this);
    }

    @Override
    public int dimension() {
        return 1;
    }

    private double meanSlope() {
        return (large - (period - 1) * small) / period;
    }

    @Override
    public double value(double[] w) {
        return meanSlope() * w[0];
    }

    @Override
    public double[] gradient(double[] w) {
        return new double[] {meanSlope()};
    }

    @Override
    public double[] gradient(double[] w, long seed, long step) {
        return new double[] {slope(seed, step)};
    }

    /** The loss of one step, from 0, is this times x: what regret is counted with. */
    public double slope(long seed, long step) {
        boolean rare = random ? Draws.at(seed, step).nextInt(period) == 0 : step % period == 0;
        return rare ? large : -small;
    }

    @Override
    public boolean stochastic() {
        return true;
    }

    @Override
    public double[] start() {
        return new double[1];
    }

    @Override
    public List<double[]> minima() {
        return List.of(new double[] {-1});
    }

    @Override
    public double[] projected(double[] w) {
        return new double[] {Math.clamp(w[0], -1, 1)};
    }
}
