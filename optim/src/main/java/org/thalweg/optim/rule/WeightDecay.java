package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Decoupled weight decay: the direction so far plus {@code decay * p}, outside any adaptive scaling; multiplied by the rate
 * like the direction, as in PyTorch's {@code AdamW}.
 *
 * @param decay 0 or more; 0.01 as PyTorch
 */
@About(
        summary = "decoupled weight decay: adds decay * p to the direction",
        source = "Loshchilov & Hutter, ICLR 2019, Algorithm 2, line 12",
        lectures = "KAIST",
        kind = About.Kind.TRANSFORM)
public record WeightDecay(double decay) implements ForWeights {
    public WeightDecay {
        Require.nonNegative("decay", decay);
    }

    public WeightDecay() {
        this(0.01);
    }

    @Override
    public Expr direction(Expr direction, Trace trace) {
        Expr decayed = trace.hyper("decay", decay).times(trace.scale()).times(trace.parameter());
        return direction.plus(decayed);
    }
}
