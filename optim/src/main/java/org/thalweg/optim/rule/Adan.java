package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Adan: Adam with Nesterov momentum told by differences of gradients. With {@code d = g - g[t-1]}, 0 in the first step:
 * {@code m <- ema(g, beta1)}, {@code v <- ema(d, beta2)}, {@code n <- ema((g + beta2 d)^2, beta3)}, direction {@code u =
 * (mHat + beta2 vHat) / (sqrt(nHat) + epsilon)}, and with decay {@code (u + decay p) / (1 + decay rate)}, which is the
 * paper's proximal step.
 *
 * <p>Xie et al., arXiv:2208.06677, Algorithm 1. The betas are as everywhere here how much stays, one minus the paper's; the
 * corrections by {@code 1 - beta^t} and the defaults are those of the authors' implementation.
 *
 * @param beta1 how much of the average gradient stays, from 0 up to but not including 1
 * @param beta2 how much of the average difference stays, from 0 up to but not including 1
 * @param beta3 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 * @param decay 0 or more
 */
@About(
        summary = "Adan: adaptive Nesterov momentum from gradient differences",
        source = "Xie et al., arXiv:2208.06677, 2022, Algorithm 1")
public record Adan(double beta1, double beta2, double beta3, double epsilon, double decay) implements ForWeights {
    public Adan {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.decay("beta3", beta3);
        Require.nonNegative("epsilon", epsilon);
        Require.nonNegative("decay", decay);
    }

    public Adan() {
        this(0.98, 0.92, 0.99, 1e-8, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr b3 = trace.hyper("beta3", beta3);
        State last = trace.state("last_gradient");
        Expr d = Expr.where(trace.step().equalTo(1), Expr.constant(0), g.minus(last));
        trace.assign(last, g);
        Expr m = trace.average("first_moment", g, b1).over(trace.bias(b1));
        Expr v = trace.average("difference", d, b2).over(trace.bias(b2));
        Expr n = trace.average("second_moment", g.plus(b2.times(d)).squared(), b3)
                .over(trace.bias(b3));
        Expr u = m.plus(b2.times(v)).over(n.sqrt().plus(trace.hyper("epsilon", epsilon)));
        return decay == 0 ? u : decayed(u, trace);
    }

    private Expr decayed(Expr u, Trace trace) {
        Expr wd = trace.hyper("decay", decay);
        return u.plus(wd.times(trace.parameter())).over(wd.times(trace.rate()).plus(1));
    }

    @Override
    public Rule exempted() {
        return new Adan(beta1, beta2, beta3, epsilon, 0);
    }
}
