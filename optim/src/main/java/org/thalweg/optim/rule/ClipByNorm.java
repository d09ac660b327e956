package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Scales each tensor's gradient by a factor of its own so that its norm is at most {@code maxNorm}: {@code g maxNorm / |g|}
 * where {@code |g| > maxNorm}. {@link ClipByGlobalNorm} scales all by one factor.
 *
 * @param maxNorm above 0; the default 1 is the usual one
 */
@About(
        summary = "clips the norm of each tensor's gradient",
        source = "Pascanu, Mikolov & Bengio, ICML 2013, Algorithm 1",
        kind = About.Kind.TRANSFORM)
public record ClipByNorm(double maxNorm) implements Rule {
    public ClipByNorm {
        Require.positive("maxNorm", maxNorm);
    }

    public ClipByNorm() {
        this(1);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr most = trace.hyper("max_norm", maxNorm);
        Expr norm = g.norm();
        return Expr.where(norm.greaterThan(most), most.over(norm), Expr.constant(1))
                .times(g);
    }
}
