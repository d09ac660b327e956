package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * AMSGrad: Adam whose second moment never falls, {@code vMax <- max(vMax, v)}, direction {@code mHat / (sqrt(vMax / (1 -
 * beta2^t)) + epsilon)}.
 *
 * <p>Reddi, Kale and Kumar, ICLR 2018, Algorithm 2; the exercise in Ginsburg's lecture. The paper corrects no bias; as in
 * PyTorch the maximum is taken before the correction, which divides the largest average so far. Defaults are PyTorch's.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 */
@About(
        summary = "AMSGrad: Adam with the largest second moment so far",
        source = "Reddi, Kale & Kumar, ICLR 2018, Algorithm 2",
        lectures = "Ginsburg")
public record AmsGrad(double beta1, double beta2, double epsilon) implements Rule {
    public AmsGrad {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.nonNegative("epsilon", epsilon);
    }

    public AmsGrad() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr m = trace.average("first_moment", g, b1);
        Expr v = trace.average("second_moment", g.squared(), b2);
        State largest = trace.state("largest_second_moment");
        Expr vMax = trace.assign(largest, largest.max(v));
        Expr vHat = vMax.over(trace.bias(b2));
        return m.over(trace.bias(b1)).over(vHat.sqrt().plus(trace.hyper("epsilon", epsilon)));
    }
}
