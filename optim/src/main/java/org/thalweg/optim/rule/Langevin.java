package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Stochastic gradient Langevin dynamics: descent with so much noise that the parameters do not settle in a minimum but are
 * drawn from {@code exp(-loss / T)}: {@code p <- p - rate g + sqrt(2 T rate) N(0, 1)}.
 *
 * <p>Welling and Teh, ICML 2011, eq. 4, whose {@code epsilon / 2} is the rate and whose temperature is 1, for a loss that is the
 * whole negative log posterior; the TTIC lecture's Langevin dynamics. Where the loss is the mean over {@code n} samples the
 * posterior's temperature is {@code 1 / n}; the default is ours, for 10,000 of them. A rate of zero moves nothing. Behind
 * another rule the noise is added to what that makes.
 *
 * @param temperature T, 0 or more
 * @param seed which noise; the same seed gives the same
 */
@About(
        summary = "stochastic gradient Langevin dynamics: samples parameters instead of settling",
        source = "Welling & Teh, ICML 2011, eq. 4",
        lectures = "TTIC")
public record Langevin(double temperature, long seed) implements Rule {
    public Langevin {
        Require.nonNegative("temperature", temperature);
    }

    public Langevin() {
        this(1e-4, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr rate = trace.rate();
        Expr variance =
                Expr.constant(2).times(trace.hyper("temperature", temperature)).over(rate);
        Expr deviation = Expr.where(rate.equalTo(0), Expr.constant(0), variance.sqrt());
        return g.plus(trace.scale().times(deviation).times(trace.noise(seed)));
    }
}
