package org.thalweg.optim.rule;

import java.util.List;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.expr.Trace;

/**
 * An update rule or a transform of one: a pure function from the gradient, or from what the rule before it in a
 * composition made of it, to the direction that is subtracted from the parameter after multiplication with the learning
 * rate: {@code p <- p - rate * direction}.
 *
 * <p>A rule is written once, as its paper writes it. It is traced when an optimizer is made, and compiled to one fused
 * loop. A rule is immutable; a record with its hyperparameters as components can be named on the command line.
 */
@FunctionalInterface
public interface Rule {
    /**
     * The direction.
     *
     * @param gradient the gradient, or the direction so far
     * @param trace the parameter, the rate, the step and the rule's state
     */
    Expr direction(Expr gradient, Trace trace);

    /** The composition that gives what this rule makes to the next one. */
    default Rule then(Rule next) {
        return new Chain(List.of(this, next));
    }

    /** Everything that one step of this rule does to a tensor. */
    default Program program() {
        return Program.trace(Chain.nameOf(this), this::direction);
    }
}
