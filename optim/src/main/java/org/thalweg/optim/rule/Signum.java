package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Signum: the sign of the gradient's average, {@code m <- beta m + (1 - beta) g}, direction {@code sign(m)}; with beta 0
 * signSGD.
 *
 * <p>Bernstein et al., ICML 2018, Algorithm 2; beta 0.9 as its experiments.
 *
 * @param beta how much of the average stays, from 0 up to but not including 1
 */
@About(summary = "Signum: the sign of the averaged gradient", source = "Bernstein et al., ICML 2018, Algorithm 2")
public record Signum(double beta) implements Rule {
    public Signum {
        Require.decay("beta", beta);
    }

    public Signum() {
        this(0.9);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        return trace.average("first_moment", g, trace.hyper("beta", beta)).sign();
    }
}
