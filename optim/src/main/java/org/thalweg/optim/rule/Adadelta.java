package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Adadelta: {@code h <- rho h + (1 - rho) g^2}, {@code u = sqrt(d + epsilon) / sqrt(h + epsilon) g}, {@code d <- rho d +
 * (1 - rho) u^2}, direction {@code u}. The average {@code h} is the new one, {@code d} the one before this step.
 *
 * <p>Zeiler, arXiv:1212.5701, Algorithm 1; the lectures of KAIST and NTU. The paper has no rate: it is 1 there. Defaults
 * are PyTorch's.
 *
 * @param rho how much of the averages stays, from 0 up to but not including 1
 * @param epsilon added inside both roots, above 0: it is what makes the first step
 */
@About(
        summary = "Adadelta: steps in the parameter's own units, from an average of past steps",
        source = "Zeiler, arXiv:1212.5701, 2012, Algorithm 1",
        lectures = "CMU, KAIST")
public record Adadelta(double rho, double epsilon) implements Rule {
    public Adadelta {
        Require.decay("rho", rho);
        Require.positive("epsilon", epsilon);
    }

    public Adadelta() {
        this(0.9, 1e-6);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr r = trace.hyper("rho", rho);
        Expr e = trace.hyper("epsilon", epsilon);
        Expr h = trace.average("square_average", g.squared(), r);
        State d = trace.state("square_steps");
        Expr u = d.plus(e).sqrt().over(h.plus(e).sqrt()).times(g);
        trace.assign(d, r.times(d).plus(Expr.constant(1).minus(r).times(u.squared())));
        return u;
    }
}
