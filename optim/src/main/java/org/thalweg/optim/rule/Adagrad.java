package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Adagrad with a diagonal matrix: {@code h <- h + g^2}, direction {@code g / (sqrt(h) + epsilon)}.
 *
 * <p>PyTorch's {@code lr_decay} is a schedule of the rate here. Defaults are PyTorch's.
 *
 * @param epsilon added to the root, 0 or more
 * @param initial what the sum of squares starts from, 0 or more
 */
@About(
        summary = "Adagrad: each weight's rate falls with the squares of its gradients",
        source = "Duchi, Hazan & Singer, JMLR 12, 2011, Figure 1 (diagonal)",
        lectures = "CMU, Ginsburg, KAIST")
public record Adagrad(double epsilon, double initial) implements Rule {
    public Adagrad {
        Require.nonNegative("epsilon", epsilon);
        Require.nonNegative("initial", initial);
    }

    public Adagrad() {
        this(1e-10, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        State h = trace.state("sum_of_squares", initial);
        Expr next = trace.assign(h, h.plus(g.squared()));
        return g.over(next.sqrt().plus(trace.hyper("epsilon", epsilon)));
    }
}
