package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Lion: the sign of an average that leans to the newest gradient, {@code sign(beta1 m + (1 - beta1) g)}, with {@code m <-
 * beta2 m + (1 - beta2) g}.
 *
 * <p>Chen et al., NeurIPS 2023, Algorithm 2, whose defaults these are. Its decoupled decay is {@link WeightDecay} behind it.
 * Steps are as large as the rate: it wants one 3 to 10 times smaller than Adam's.
 *
 * @param beta1 how much of the average goes into the direction, from 0 up to but not including 1
 * @param beta2 how much of the average stays, from 0 up to but not including 1
 */
@About(summary = "Lion: the sign of a momentum", source = "Chen et al., NeurIPS 2023, Algorithm 2")
public record Lion(double beta1, double beta2) implements Rule {
    public Lion {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
    }

    public Lion() {
        this(0.9, 0.99);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        State m = trace.state("momentum");
        Expr leaning = b1.times(m).plus(Expr.constant(1).minus(b1).times(g));
        Expr b2 = trace.hyper("beta2", beta2);
        trace.assign(m, b2.times(m).plus(Expr.constant(1).minus(b2).times(g)));
        return leaning.sign();
    }
}
