package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Adam: averages of the gradient and of its square, both corrected for their start at zero. Kingma and Ba, ICLR 2015,
 * Algorithm 1, whose defaults these are; the lectures' forms are options.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 * @param biasCorrection how the averages make up for their start; {@code running-mean} is the TTIC lecture's
 * @param epsilonPlace outside the root as in the paper, or inside as some lectures write it
 */
@About(
        summary = "Adam: adaptive moment estimation",
        source = "Kingma & Ba, ICLR 2015, Algorithm 1",
        lectures = "CMU, Ginsburg, KAIST, NTU, TTIC")
public record Adam(double beta1, double beta2, double epsilon, BiasCorrection biasCorrection, EpsilonPlace epsilonPlace)
        implements Rule {
    public Adam {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.nonNegative("epsilon", epsilon);
    }

    public Adam() {
        this(0.9, 0.999, 1e-8);
    }

    /** The paper's form. */
    public Adam(double beta1, double beta2, double epsilon) {
        this(beta1, beta2, epsilon, BiasCorrection.EXPONENTIAL, EpsilonPlace.OUTSIDE_ROOT);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr m = biasCorrection.average(trace, "first_moment", g, trace.hyper("beta1", beta1));
        Expr v = biasCorrection.average(trace, "second_moment", g.squared(), trace.hyper("beta2", beta2));
        return m.over(epsilonPlace.root(v, trace.hyper("epsilon", epsilon)));
    }
}
