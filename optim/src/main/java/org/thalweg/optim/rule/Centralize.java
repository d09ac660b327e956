package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Trace;

/**
 * Gradient centralisation: takes from each row of a gradient, the weights into one unit, its mean. A tensor of one row, such
 * as a bias, is left alone.
 *
 * <p>Yong et al., ECCV 2020, eq. 1. The authors centralise every matrix; one of a single row cannot be told from a vector
 * here and is left alone too.
 */
@About(
        summary = "centralisation: takes the mean from each unit's gradient",
        source = "Yong et al., ECCV 2020, eq. 1",
        kind = About.Kind.TRANSFORM)
public record Centralize() implements Rule {
    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr one = Expr.constant(1);
        Expr columns = one.sum(Scope.ROW);
        Expr mean = g.sum(Scope.ROW).over(columns);
        return g.minus(Expr.where(columns.equalTo(one.sum(Scope.TENSOR)), Expr.constant(0), mean));
    }
}
