package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Trace;

/**
 * Scales all gradients by one factor so that their norm is at most {@code maxNorm}: {@code g * min(1, maxNorm / (|g| +
 * epsilon))}, as PyTorch's {@code clip_grad_norm_}. The norm runs over the parameters of all groups that clip in this place.
 *
 * @param maxNorm above 0; the default 1 is the usual one
 * @param epsilon 0 or more; 1e-6 as PyTorch
 */
@About(
        summary = "clips the norm of all gradients together",
        source = "Pascanu, Mikolov & Bengio, ICML 2013, Algorithm 1",
        kind = About.Kind.TRANSFORM)
public record ClipByGlobalNorm(double maxNorm, double epsilon) implements Rule {
    public ClipByGlobalNorm {
        Require.positive("maxNorm", maxNorm);
        Require.nonNegative("epsilon", epsilon);
    }

    public ClipByGlobalNorm() {
        this(1);
    }

    public ClipByGlobalNorm(double maxNorm) {
        this(maxNorm, 1e-6);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr norm = g.norm(Scope.ALL).plus(trace.hyper("epsilon", epsilon));
        return trace.hyper("max_norm", maxNorm).over(norm).min(1).times(g);
    }
}
