package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Nesterov's accelerated gradient in the form that needs the gradient at the parameter only, as in PyTorch's {@code
 * SGD(nesterov=True)}: {@code v <- beta v + g}, direction {@code g + beta v}.
 *
 * @param beta how much of the velocity stays, from 0 up to but not including 1; 0.9 as Sutskever 2013
 */
@About(
        summary = "Nesterov's accelerated gradient",
        source =
                "Nesterov, Soviet Math. Dokl. 27, 1983; Sutskever et al., ICML 2013, eqs. 3-4; form of Bengio et al. 2012",
        lectures = "CMU, Ginsburg, KAIST")
public record Nesterov(double beta) implements Rule {
    public Nesterov {
        Require.decay("beta", beta);
    }

    public Nesterov() {
        this(0.9);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b = trace.hyper("beta", beta);
        State v = trace.state("velocity");
        Expr next = trace.assign(v, b.times(v).plus(g));
        return g.plus(b.times(next));
    }
}
