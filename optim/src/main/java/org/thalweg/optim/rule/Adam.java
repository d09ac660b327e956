package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Adam: averages of the gradient and of its square, both corrected for their start at zero. Kingma and Ba, ICLR 2015,
 * Algorithm 1, whose defaults these are.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 */
@About(summary = "Adam: adaptive moment estimation", source = "Kingma & Ba, ICLR 2015, Algorithm 1")
public record Adam(double beta1, double beta2, double epsilon) implements Rule {
    public Adam {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.nonNegative("epsilon", epsilon);
    }

    public Adam() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr m = trace.average("first_moment", g, b1);
        Expr v = trace.average("second_moment", g.squared(), b2);
        Expr mHat = m.over(trace.bias(b1));
        Expr vHat = v.over(trace.bias(b2));
        return mHat.over(vHat.sqrt().plus(trace.hyper("epsilon", epsilon)));
    }
}
