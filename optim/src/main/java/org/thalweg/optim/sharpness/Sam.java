package org.thalweg.optim.sharpness;

import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.rule.Rule;

/**
 * SAM: the ball of radius rho, whose highest place is {@code w + rho * g / |g|}, the norm over all parameters.
 *
 * <p>Source: Foret, Kleiner, Mobahi and Neyshabur, ICLR 2021, equation 2 with p = 2, and Algorithm 1; KAIST lecture.
 *
 * @param rho above 0; 0.05 as the paper's for CIFAR and ImageNet
 */
public record Sam(double rho) implements Sharpness {
    /** As the authors' code: keeps a gradient of zero from being divided by zero. */
    static final double EPSILON = 1e-12;

    public Sam {
        if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rho must be above 0, not " + rho);
        }
    }

    public Sam() {
        this(0.05);
    }

    @Override
    public Rule ascent() {
        return (g, _) -> g.over(g.norm(Scope.ALL).plus(EPSILON)).negated();
    }
}
