package org.thalweg.optim.sharpness;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.rule.Rule;

/**
 * Adaptive SAM: an ellipsoid that grows with the weights, so that rescaling layers does not change sharpness. With {@code T
 * = |w| + eta} for each weight, its highest place is {@code w + rho * T^2 g / |T g|}, the norm over all parameters. Biases are
 * treated as weights; the authors' code leaves {@code T} out for them.
 *
 * <p>Source: Kwon, Kim, Park and Choi, ICML 2021, Algorithm 1.
 *
 * @param rho above 0; 0.5 as the paper's for CIFAR-10
 * @param eta 0 or more; 0.01 as the paper's
 */
public record Asam(double rho, double eta) implements Sharpness {
    public Asam {
        if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rho must be above 0, not " + rho);
        }
        if (!(eta >= 0 && eta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("eta must be 0 or more, not " + eta);
        }
    }

    public Asam() {
        this(0.5, 0.01);
    }

    @Override
    public Rule ascent() {
        return (g, trace) -> {
            Expr t = trace.parameter().abs().plus(trace.hyper("eta", eta));
            Expr scaled = t.times(g);
            return t.times(scaled)
                    .over(scaled.norm(Scope.ALL).plus(Sam.EPSILON))
                    .negated();
        };
    }
}
