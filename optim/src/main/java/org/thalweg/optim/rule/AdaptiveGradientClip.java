package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Trace;

/**
 * Adaptive gradient clipping: each unit's gradient is scaled so that its norm is at most {@code threshold} times the norm of
 * the unit's weights. A unit is a row of a matrix, a filter of a convolution, the whole of a bias.
 *
 * @param threshold the paper's lambda, above 0; 0.01 as in its experiments
 * @param minimumNorm what the weights' norm counts at least, above 0; the paper's 1e-3
 */
@About(
        summary = "clips each unit's gradient relative to the unit's weights",
        source = "Brock et al., ICML 2021, eq. 3",
        lectures = "KAIST",
        kind = About.Kind.TRANSFORM)
public record AdaptiveGradientClip(double threshold, double minimumNorm) implements Rule {
    public AdaptiveGradientClip {
        Require.positive("threshold", threshold);
        Require.positive("minimumNorm", minimumNorm);
    }

    public AdaptiveGradientClip() {
        this(0.01, 1e-3);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr weight = trace.parameter().norm(Scope.ROW).max(trace.hyper("minimum_norm", minimumNorm));
        Expr allowed = trace.hyper("threshold", threshold).times(weight);
        Expr norm = g.norm(Scope.ROW);
        return Expr.where(norm.greaterThan(allowed), allowed.over(norm), Expr.constant(1))
                .times(g);
    }
}
