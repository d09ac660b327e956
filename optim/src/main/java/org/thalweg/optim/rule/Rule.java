package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * An update rule: a pure function from the gradient to the direction that is subtracted from the parameter after
 * multiplication with the learning rate, {@code p <- p - rate * direction}.
 */
@FunctionalInterface
public interface Rule {
    Expr direction(Expr gradient, Trace trace);
}
