package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Layer-wise adaptation: scales what comes in to the size of the tensor it changes,
 * {@code coefficient * phi(|p|) / (|u| + decay |p| + epsilon) * (u + decay p)}. After Adam and weight decay it makes LAMB
 * (with the defaults), before momentum LARS. Where {@code phi(|p|)} or {@code |u|} is zero the ratio is 1.
 *
 * <p>{@code phi(z) = min(max(z, lower), upper)} is LAMB's; with the defaults the identity, as in its experiments.
 *
 * @param coefficient LARS's eta, above 0
 * @param decay the weight decay inside the ratio, LARS's beta, 0 or more
 * @param epsilon added to the divisor, 0 or more
 * @param lower what the parameter's norm counts at least, LAMB's gamma_l, 0 or more
 * @param upper what the parameter's norm counts at most, LAMB's gamma_u, at least {@code lower} and above 0
 */
@About(
        summary = "trust ratio: scales each tensor's direction to the tensor's norm",
        source = "You, Gitman & Ginsburg, arXiv:1708.03888, eq. 6; You et al., ICLR 2020, Algorithm 2",
        lectures = "Ginsburg, KAIST, NTU",
        kind = About.Kind.TRANSFORM)
public record TrustRatio(double coefficient, double decay, double epsilon, double lower, double upper)
        implements ForWeights {
    public TrustRatio {
        Require.positive("coefficient", coefficient);
        Require.nonNegative("decay", decay);
        Require.nonNegative("epsilon", epsilon);
        Require.nonNegative("lower", lower);
        if (!(upper > 0 && upper >= lower)) {
            throw new IllegalArgumentException("upper must be above 0 and at least lower, not " + upper);
        }
    }

    public TrustRatio() {
        this(1, 0, 0);
    }

    /** With phi the identity. */
    public TrustRatio(double coefficient, double decay, double epsilon) {
        this(coefficient, decay, epsilon, 0, Double.POSITIVE_INFINITY);
    }

    @Override
    public Expr direction(Expr u, Trace trace) {
        Expr weight = trace.parameter().norm();
        Expr counted = phi(weight, trace);
        Expr update = u.norm();
        Expr numerator = coefficient == 1
                ? counted
                : trace.hyper("coefficient", coefficient).times(counted);
        Expr divisor = update;
        Expr decayed = u;
        if (decay > 0) {
            Expr wd = trace.hyper("decay", decay);
            divisor = divisor.plus(wd.times(weight));
            decayed = u.plus(wd.times(trace.parameter()));
        }
        if (epsilon > 0) {
            divisor = divisor.plus(trace.hyper("epsilon", epsilon));
        }
        return oneIfZero(counted, oneIfZero(update, numerator.over(divisor))).times(decayed);
    }

    private Expr phi(Expr norm, Trace trace) {
        Expr atLeast = lower == 0 ? norm : norm.max(trace.hyper("lower", lower));
        return upper == Double.POSITIVE_INFINITY ? atLeast : atLeast.min(trace.hyper("upper", upper));
    }

    /** A ratio, or 1 where one of its norms is 0. */
    static Expr oneIfZero(Expr norm, Expr ratio) {
        return Expr.where(norm.equalTo(0), Expr.constant(1), ratio);
    }
}
