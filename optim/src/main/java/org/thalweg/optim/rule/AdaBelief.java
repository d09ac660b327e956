package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * AdaBelief: Adam scaled by how far gradients are from what their average foretold, {@code s <- beta2 s + (1 - beta2)
 * (g - m)^2 + epsilon}, direction {@code mHat / (sqrt(sHat) + epsilon)}.
 *
 * <p>Zhuang et al., NeurIPS 2020, Algorithm 2. Epsilon stands inside the average and outside the root, as there; that is
 * why it is so small: 1e-16 is the authors' implementation's. That one also rectifies the first steps as RAdam does unless
 * it is told not to; the paper's algorithm, which this is, does not.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the variance stays, from 0 up to but not including 1
 * @param epsilon added to the variance in each step and to its root, above 0
 */
@About(
        summary = "AdaBelief: Adam scaled by the gradient's deviation from its average",
        source = "Zhuang et al., NeurIPS 2020, Algorithm 2")
public record AdaBelief(double beta1, double beta2, double epsilon) implements Rule {
    public AdaBelief {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    public AdaBelief() {
        this(0.9, 0.999, 1e-16);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr e = trace.hyper("epsilon", epsilon);
        Expr m = trace.average("first_moment", g, b1);
        State s = trace.state("variance");
        Expr surprise = g.minus(m).squared();
        Expr next = b2.times(s).plus(Expr.constant(1).minus(b2).times(surprise)).plus(e);
        Expr sHat = trace.assign(s, next).over(trace.bias(b2));
        return m.over(trace.bias(b1)).over(sHat.sqrt().plus(e));
    }
}
