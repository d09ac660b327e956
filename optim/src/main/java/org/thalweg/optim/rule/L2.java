package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * The gradient of an L2 penalty, {@code g + decay * p}, given to the rule that follows: PyTorch's {@code weight_decay} in
 * {@code SGD}, {@code Adam} and {@code RMSprop}. With plain SGD the same as {@link WeightDecay}, with others not.
 *
 * @param decay 0 or more; the default 1e-4 is that of residual networks (He et al., CVPR 2016)
 */
@About(
        summary = "L2 penalty: adds decay * p to the gradient, before the rule that follows",
        source = "Loshchilov & Hutter, ICLR 2019, Algorithm 2, line 6",
        lectures = "Ginsburg, KAIST, NTU",
        kind = About.Kind.TRANSFORM)
public record L2(double decay) implements ForWeights {
    public L2 {
        Require.nonNegative("decay", decay);
    }

    public L2() {
        this(1e-4);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        return g.plus(trace.hyper("decay", decay).times(trace.parameter()));
    }
}
