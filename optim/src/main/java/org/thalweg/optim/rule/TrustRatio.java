package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Layer-wise adaptation: scales what comes in to the size of the tensor it changes,
 * {@code coefficient * |p| / (|u| + decay |p| + epsilon) * (u + decay p)}. After Adam and weight decay it makes LAMB (with
 * the defaults), before momentum LARS. Where {@code |p|} or {@code |u|} is zero the ratio is 1.
 *
 * @param coefficient LARS's eta, above 0
 * @param decay the weight decay inside the ratio, LARS's beta, 0 or more
 * @param epsilon added to the divisor, 0 or more
 */
@About(
        summary = "trust ratio: scales each tensor's direction to the tensor's norm",
        source = "You, Gitman & Ginsburg, arXiv:1708.03888, eq. 6; You et al., ICLR 2020, Algorithm 2",
        kind = About.Kind.TRANSFORM)
public record TrustRatio(double coefficient, double decay, double epsilon) implements Rule {
    public TrustRatio {
        Require.positive("coefficient", coefficient);
        Require.nonNegative("decay", decay);
        Require.nonNegative("epsilon", epsilon);
    }

    public TrustRatio() {
        this(1, 0, 0);
    }

    @Override
    public Expr direction(Expr u, Trace trace) {
        Expr p = trace.parameter();
        Expr weight = p.norm();
        Expr update = u.norm();
        Expr numerator = coefficient == 1
                ? weight
                : trace.hyper("coefficient", coefficient).times(weight);
        Expr divisor = update;
        Expr decayed = u;
        if (decay > 0) {
            Expr wd = trace.hyper("decay", decay);
            divisor = divisor.plus(wd.times(weight));
            decayed = u.plus(wd.times(p));
        }
        if (epsilon > 0) {
            divisor = divisor.plus(trace.hyper("epsilon", epsilon));
        }
        Expr ratio = numerator.over(divisor);
        Expr safe =
                Expr.where(weight.equalTo(0), Expr.constant(1), Expr.where(update.equalTo(0), Expr.constant(1), ratio));
        return safe.times(decayed);
    }
}
