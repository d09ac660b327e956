package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Clips every element: {@code min(max(g, -most), most)}, as PyTorch's {@code clip_grad_value_}. Unlike clipping a norm it
 * turns the direction.
 *
 * @param most the largest size of an element, above 0; the default 1 is the usual one
 */
@About(
        summary = "clips every element of the gradient",
        source = "Goodfellow, Bengio & Courville, Deep Learning, 2016, section 10.11.1",
        kind = About.Kind.TRANSFORM)
public record ClipByValue(double most) implements Rule {
    public ClipByValue {
        Require.positive("most", most);
    }

    public ClipByValue() {
        this(1);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr most = trace.hyper("most", this.most);
        return g.max(most.negated()).min(most);
    }
}
