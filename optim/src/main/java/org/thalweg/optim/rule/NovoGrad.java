package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * NovoGrad: momentum of gradients that are divided by an average norm of their tensor, {@code v <- beta2 v + (1 - beta2)
 * |g|^2}, {@code m <- beta1 m + g / (sqrt(v) + epsilon) + decay p}, direction {@code m}. The first {@code v} is {@code
 * |g|^2}.
 *
 * <p>Ginsburg et al., arXiv:1905.11286, Algorithm 1, whose betas these are. The state of a tensor is one array and one number.
 *
 * @param beta1 how much of the momentum stays, from 0 up to but not including 1
 * @param beta2 how much of the squared norm stays, from 0 up to but not including 1
 * @param epsilon added to the root, above 0
 * @param decay the weight decay inside the momentum, 0 or more
 */
@About(
        summary = "NovoGrad: momentum of gradients over their tensor's average norm",
        source = "Ginsburg et al., arXiv:1905.11286, 2019, Algorithm 1")
public record NovoGrad(double beta1, double beta2, double epsilon, double decay) implements ForWeights {
    public NovoGrad {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.nonNegative("decay", decay);
    }

    public NovoGrad() {
        this(0.95, 0.98, 1e-8, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b2 = trace.hyper("beta2", beta2);
        ScalarState v = trace.scalarState("norm_average", 0);
        Expr square = g.norm().squared();
        Expr average = b2.times(v).plus(Expr.constant(1).minus(b2).times(square));
        Expr now = trace.assign(v, Expr.where(v.equalTo(0), square, average));
        Expr scaled = g.over(now.sqrt().plus(trace.hyper("epsilon", epsilon)));
        if (decay > 0) {
            scaled = scaled.plus(trace.hyper("decay", decay).times(trace.parameter()));
        }
        State m = trace.state("momentum");
        return trace.assign(m, trace.hyper("beta1", beta1).times(m).plus(scaled));
    }

    @Override
    public Rule exempted() {
        return new NovoGrad(beta1, beta2, epsilon, 0);
    }
}
