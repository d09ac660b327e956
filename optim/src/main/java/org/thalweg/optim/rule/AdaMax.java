package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * AdaMax: Adam with a decaying maximum in place of the second moment, {@code u <- max(beta2 u, |g| + epsilon)}, direction
 * {@code m / (1 - beta1^t) / u}.
 *
 * <p>Kingma and Ba, ICLR 2015, Algorithm 2, whose betas are the defaults. The paper has no epsilon and divides by zero
 * while a gradient has only been zero; as in PyTorch, whose default it is, epsilon stands inside the maximum.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the maximum stays, from 0 up to but not including 1
 * @param epsilon added to the gradient's size, above 0
 */
@About(
        summary = "AdaMax: Adam with a decaying maximum of the gradient",
        source = "Kingma & Ba, ICLR 2015, Algorithm 2",
        lectures = "KAIST")
public record AdaMax(double beta1, double beta2, double epsilon) implements Rule {
    public AdaMax {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    public AdaMax() {
        this(0.9, 0.999, 1e-8);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr m = trace.average("first_moment", g, b1);
        State u = trace.state("infinity_norm");
        Expr size = g.abs().plus(trace.hyper("epsilon", epsilon));
        Expr next = trace.assign(u, trace.hyper("beta2", beta2).times(u).max(size));
        return m.over(trace.bias(b1)).over(next);
    }
}
