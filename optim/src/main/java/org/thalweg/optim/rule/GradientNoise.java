package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Adds normal noise to the gradient, the less the later: {@code g + N(0, sigma_t^2)}, {@code sigma_t^2 = eta / t^gamma}.
 *
 * <p>Neelakantan et al., arXiv:1511.06807, eq. 1, {@code eta / (1 + t)^gamma} with t counted from 0. Gamma is the paper's, eta
 * the smallest of the three that it chose from: 0.01, 0.3 and 1. Behind a rule the noise is added to that rule's direction.
 *
 * @param eta the variance in the first step, 0 or more
 * @param gamma how fast it falls, 0 or more
 * @param seed which noise; the same seed gives the same
 */
@About(
        summary = "adds noise to the gradient, the less the later",
        source = "Neelakantan et al., arXiv:1511.06807, 2015, eq. 1",
        kind = About.Kind.TRANSFORM)
public record GradientNoise(double eta, double gamma, long seed) implements Rule {
    public GradientNoise {
        Require.nonNegative("eta", eta);
        Require.nonNegative("gamma", gamma);
    }

    public GradientNoise() {
        this(0.01, 0.55, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr variance = trace.hyper("eta", eta).over(trace.step().power(trace.hyper("gamma", gamma)));
        return g.plus(trace.scale().times(variance.sqrt()).times(trace.noise(seed)));
    }
}
