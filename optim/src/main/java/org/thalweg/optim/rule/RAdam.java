package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Rectified Adam: Adam whose adaptive rate is scaled by {@code r_t} for the variance of its few first squares, and momentum
 * alone, {@code m / (1 - beta1^t)}, while {@code rho_t <= 5}, with {@code rho_t = rho - 2 t beta2^t / (1 - beta2^t)} and
 * {@code rho = 2 / (1 - beta2) - 1}.
 *
 * <p>Liu et al., ICLR 2020, Algorithm 2, which switches at 4; 5 and epsilon beside the uncorrected root are PyTorch's, as
 * are the defaults.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1; up to 2/3 nothing is ever adaptive
 * @param epsilon added to the root, 0 or more
 */
@About(
        summary = "RAdam: Adam with a rectified start",
        source = "Liu et al., ICLR 2020, Algorithm 2",
        lectures = "KAIST")
public record RAdam(double beta1, double beta2, double epsilon) implements Rule {
    /** From which length of the average on its variance is small enough. */
    private static final double TRUSTED = 5;

    public RAdam {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.nonNegative("epsilon", epsilon);
    }

    public RAdam() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr mHat = trace.average("first_moment", g, b1).over(trace.bias(b1));
        Expr v = trace.average("second_moment", g.squared(), b2);
        Expr rho = Expr.constant(2).over(Expr.constant(1).minus(b2)).minus(1);
        Expr bias = trace.bias(b2);
        Expr rhoT =
                rho.minus(trace.step().times(2).times(b2.power(trace.step())).over(bias));
        Expr rectified = spread(rhoT).over(spread(rho)).sqrt().times(bias.sqrt());
        Expr adaptive = rectified.over(v.sqrt().plus(trace.hyper("epsilon", epsilon)));
        return mHat.times(Expr.where(rhoT.greaterThan(Expr.constant(TRUSTED)), adaptive, Expr.constant(1)));
    }

    private static Expr spread(Expr rho) {
        return rho.minus(4).times(rho.minus(2)).over(rho);
    }
}
