package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Momentum in its three forms. They differ in where the rate stands and in the scale of the velocity, and so in what a
 * changing rate does.
 *
 * <p>Defaults: beta 0.9 (Sutskever 2013), no dampening, the rate outside as in PyTorch's {@code SGD}.
 *
 * @param beta how much of the velocity stays, from 0 up to but not including 1
 * @param dampening how much of the gradient is held back, from 0 to 1, in {@link Form#RATE_OUTSIDE} only; as in PyTorch not
 *     in the first step, where the velocity is the gradient
 */
@About(
        summary = "momentum: rate-outside (PyTorch), rate-inside (Polyak's heavy ball), averaged",
        source = "Polyak, USSR Comp. Math. 4(5), 1964; Sutskever et al., ICML 2013, eqs. 1-2",
        lectures = "CMU, Ginsburg, KAIST, NTU, TTIC")
public record Momentum(double beta, double dampening, Form form) implements Rule {
    /** Where the rate stands. */
    public enum Form {
        /** {@code v <- beta v + (1 - dampening) g; p <- p - rate v}: PyTorch, KAIST and NTU lectures. */
        RATE_OUTSIDE,
        /** {@code v <- beta v + rate g; p <- p - v}: Polyak's heavy ball, Sutskever 2013, Ginsburg's lecture. */
        RATE_INSIDE,
        /** {@code m <- beta m + (1 - beta) g; p <- p - rate m}: TTIC's reparameterised form. */
        AVERAGED
    }

    public Momentum {
        Require.decay("beta", beta);
        if (!(dampening >= 0 && dampening <= 1)) {
            throw new IllegalArgumentException("dampening must be from 0 to 1, not " + dampening);
        }
        if (dampening > 0 && form != Form.RATE_OUTSIDE) {
            throw new IllegalArgumentException("dampening goes with form rate-outside only: set one of both");
        }
    }

    public Momentum() {
        this(0.9);
    }

    /** PyTorch's form without dampening. */
    public Momentum(double beta) {
        this(beta, 0, Form.RATE_OUTSIDE);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b = trace.hyper("beta", beta);
        return switch (form) {
            case RATE_OUTSIDE -> {
                State v = trace.state("velocity");
                yield trace.assign(v, b.times(v).plus(dampened(g, trace)));
            }
            case RATE_INSIDE -> {
                State v = trace.state("velocity");
                yield trace.assign(v, b.times(v).plus(trace.takeRate().times(g)));
            }
            case AVERAGED -> trace.average("first_moment", g, b);
        };
    }

    private Expr dampened(Expr g, Trace trace) {
        if (dampening == 0) {
            return g;
        }
        Expr later = Expr.constant(1).minus(trace.hyper("dampening", dampening));
        return Expr.where(trace.step().equalTo(1), Expr.constant(1), later).times(g);
    }
}
