package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/** A named composition of other rules. */
public interface Composition extends Rule {
    /** The rules it stands for. */
    Rule composed();

    @Override
    default Expr direction(Expr gradient, Trace trace) {
        return composed().direction(gradient, trace);
    }
}
