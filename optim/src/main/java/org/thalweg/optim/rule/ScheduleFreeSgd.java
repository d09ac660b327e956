package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Schedule-free SGD: steps {@code z <- z - rate g}, averages {@code x <- (1 - c) x + c z} with {@code c = rate^2 / sum of
 * rate^2}, and takes gradients in between, at the parameter {@code p = (1 - beta) z + beta x}.
 *
 * <p>Defazio et al., NeurIPS 2024, eqs. 3-5, with the weights of its section on warm-up. It wants a constant rate, after a
 * warm-up. The parameter that is trained is {@code p}; the one to evaluate is {@code x = p + (p - z) (1 - beta) / beta},
 * with {@code z} in the state {@code base}.
 *
 * @param beta how near to the average gradients are taken, above 0 and below 1
 */
@About(
        summary = "schedule-free SGD: gradients between the iterate and its average",
        source = "Defazio et al., NeurIPS 2024, eqs. 3-5")
public record ScheduleFreeSgd(double beta) implements Rule {
    public ScheduleFreeSgd {
        Require.share("beta", beta);
    }

    public ScheduleFreeSgd() {
        this(0.9);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        return averaged(g, trace.takeRate(), trace.hyper("beta", beta), trace);
    }

    /** The step of {@code p} when {@code z} goes by {@code rate * u}; as p is between z and x, x need not be kept. */
    static Expr averaged(Expr u, Expr rate, Expr beta, Trace trace) {
        State z = trace.stateFromParameter("base");
        ScalarState sum = trace.scalarState("sum_of_squared_rates", 0);
        Expr total = trace.assign(sum, sum.plus(rate.squared()));
        Expr c = Expr.where(total.equalTo(0), Expr.constant(0), rate.squared().over(total));
        Expr step = rate.times(u);
        trace.assign(z, z.minus(step));
        Expr share = Expr.constant(1).minus(beta.times(Expr.constant(1).minus(c)));
        return c.times(trace.parameter().minus(z)).plus(share.times(step));
    }
}
