package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * LARC: layer-wise adaptive rates as a transform of the gradient for the rule behind it. With {@code local = coefficient |p|
 * / (|g| + epsilon)}, mode {@link Mode#CLIP} makes the rate of the tensor {@code min(rate, local)}, {@link Mode#SCALE} {@code
 * rate * local}, which is LARS's. Where {@code |p|} or {@code |g|} is zero nothing changes.
 *
 * <p>Ginsburg's lecture; form and defaults are NVIDIA apex's {@code LARC}. Its weight decay is {@link L2} in front, whose
 * {@code decay p} is then in the norm. It stands before the rule, and reads the rate.
 *
 * @param coefficient the trust coefficient eta, above 0
 * @param epsilon added to the divisor, 0 or more
 */
@About(
        summary = "LARC: no tensor's rate above what its norms allow",
        source = "You, Gitman & Ginsburg, arXiv:1708.03888, eq. 6; NVIDIA apex, LARC",
        lectures = "Ginsburg",
        kind = About.Kind.TRANSFORM)
public record Larc(double coefficient, double epsilon, Mode mode) implements ForWeights {
    /** What the local rate does to the rate. */
    public enum Mode {
        /** The smaller of both. */
        CLIP,
        /** Their product. */
        SCALE
    }

    public Larc {
        Require.positive("coefficient", coefficient);
        Require.nonNegative("epsilon", epsilon);
    }

    public Larc() {
        this(0.02, 1e-8, Mode.CLIP);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr weight = trace.parameter().norm();
        Expr gradient = g.norm();
        Expr local = trace.hyper("coefficient", coefficient)
                .times(weight)
                .over(gradient.plus(trace.hyper("epsilon", epsilon)));
        Expr ratio = switch (mode) {
            case CLIP -> local.over(trace.rate()).min(1);
            case SCALE -> local;
        };
        return TrustRatio.oneIfZero(weight, TrustRatio.oneIfZero(gradient, ratio))
                .times(g);
    }
}
