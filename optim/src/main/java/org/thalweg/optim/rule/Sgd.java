package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/** Stochastic gradient descent: the direction is the gradient. Robbins and Monro, 1951. */
@About(
        summary = "stochastic gradient descent",
        source = "Robbins & Monro, Ann. Math. Statist. 22, 1951",
        lectures = "CMU, Ginsburg, KAIST, NTU, TTIC")
public record Sgd() implements Rule {
    @Override
    public Expr direction(Expr g, Trace trace) {
        return g;
    }
}
