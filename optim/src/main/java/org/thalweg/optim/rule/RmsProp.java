package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * RMSProp: {@code h <- alpha h + (1 - alpha) g^2}, direction {@code g / (sqrt(h) + epsilon)}; centered, {@code h} gives way
 * to the variance {@code h - mean^2}; with momentum, a velocity gathers the directions (Graves 2013). Defaults are
 * PyTorch's; the lectures put epsilon inside the root.
 *
 * @param alpha how much of the average of squares stays, from 0 up to but not including 1
 * @param epsilon 0 or more
 * @param momentum how much of the velocity stays, from 0 (none) up to but not including 1
 * @param centered whether to divide by the standard deviation instead of the root mean square
 */
@About(
        summary = "RMSProp: plain, centered, with momentum, epsilon inside or outside the root",
        source = "Tieleman & Hinton, Coursera lecture 6.5, 2012; centered: Graves, arXiv:1308.0850, 2013, eqs. 38-45",
        lectures = "CMU, Ginsburg, KAIST, TTIC")
public record RmsProp(double alpha, double epsilon, double momentum, boolean centered, EpsilonPlace epsilonPlace)
        implements Rule {
    public RmsProp {
        Require.decay("alpha", alpha);
        Require.nonNegative("epsilon", epsilon);
        Require.decay("momentum", momentum);
    }

    public RmsProp() {
        this(0.99, 1e-8, 0, false, EpsilonPlace.OUTSIDE_ROOT);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr a = trace.hyper("alpha", alpha);
        Expr h = trace.average("square_average", g.squared(), a);
        if (centered) {
            h = h.minus(trace.average("gradient_average", g, a).squared());
        }
        Expr scaled = g.over(epsilonPlace.root(h, trace.hyper("epsilon", epsilon)));
        if (momentum == 0) {
            return scaled;
        }
        State v = trace.state("velocity");
        return trace.assign(v, trace.hyper("momentum", momentum).times(v).plus(scaled));
    }
}
