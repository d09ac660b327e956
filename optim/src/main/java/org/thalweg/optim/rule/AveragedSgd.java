package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Averaged SGD: {@code eta = rate / (1 + lambda rate (t - 1))^alpha}, {@code p <- (1 - lambda eta) p - eta g}, and beside it
 * the average of the iterates, {@code average <- average + (p - average) / max(1, t - 1 - t0)}.
 *
 * <p>Polyak and Juditsky, SIAM J. Control Optim. 30(4), 1992; Ginsburg's lecture; step sizes of Bottou, "Stochastic Gradient
 * Descent Tricks", 2012. Form and defaults are PyTorch's {@code ASGD}, but for one thing: eta takes this step's rate, where
 * PyTorch's takes the rate of the step before. The average is the state {@code average}; being one of what this rule makes
 * of the parameter, it knows nothing of transforms behind it.
 *
 * @param lambda the decay, of weights and rate, 0 or more
 * @param alpha the power with which the rate falls, 0 or more
 * @param t0 how many steps go by before averaging starts, 0 or more
 */
@About(
        summary = "SGD with an average of its iterates beside it",
        source =
                "Polyak & Juditsky, SIAM J. Control Optim. 30(4), 1992; Bottou, Stochastic Gradient Descent Tricks, 2012",
        lectures = "CMU, Ginsburg")
public record AveragedSgd(double lambda, double alpha, double t0) implements ForWeights {
    public AveragedSgd {
        Require.nonNegative("lambda", lambda);
        Require.nonNegative("alpha", alpha);
        Require.nonNegative("t0", t0);
    }

    public AveragedSgd() {
        this(1e-4, 0.75, 1e6);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        return direction(g, trace, true);
    }

    private Expr direction(Expr g, Trace trace, boolean decays) {
        Expr p = trace.parameter();
        Expr l = trace.hyper("lambda", lambda);
        Expr before = trace.step().minus(1);
        Expr rate = trace.takeRate();
        Expr eta = rate.over(l.times(rate).times(before).plus(1).power(trace.hyper("alpha", alpha)));
        Expr step = eta.times(decays ? g.plus(l.times(p)) : g);
        State average = trace.state("average");
        Expr mu = Expr.constant(1).over(before.minus(trace.hyper("t0", t0)).max(1));
        trace.assign(average, average.plus(mu.times(p.minus(step).minus(average))));
        return step;
    }

    /** The same without decay; lambda still makes the rate fall, so that all parameters have one rate. */
    private record Undecayed(AveragedSgd decayed) implements Rule {
        @Override
        public Expr direction(Expr g, Trace trace) {
            return decayed.direction(g, trace, false);
        }
    }

    @Override
    public Rule exempted() {
        return new Undecayed(this);
    }
}
