package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * Schedule-free AdamW: {@link ScheduleFreeSgd} whose steps are {@code g / (sqrt(v) + epsilon) + decay p}, with the rate
 * multiplied by {@code sqrt(1 - beta2^t)}.
 *
 * <p>Defazio et al., NeurIPS 2024, Algorithm 1; defaults are the authors' implementation's. What is trained and what is
 * evaluated differ as told at {@link ScheduleFreeSgd}.
 *
 * @param beta1 how near to the average gradients are taken, above 0 and below 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, above 0
 * @param decay 0 or more
 */
@About(
        summary = "schedule-free AdamW: gradients between the iterate and its average",
        source = "Defazio et al., NeurIPS 2024, Algorithm 1")
public record ScheduleFreeAdamW(double beta1, double beta2, double epsilon, double decay) implements ForWeights {
    public ScheduleFreeAdamW {
        Require.share("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.nonNegative("decay", decay);
    }

    public ScheduleFreeAdamW() {
        this(0.9, 0.999, 1e-8, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b2 = trace.hyper("beta2", beta2);
        Expr v = trace.average("second_moment", g.squared(), b2);
        Expr u = g.over(v.sqrt().plus(trace.hyper("epsilon", epsilon)));
        if (decay > 0) {
            u = u.plus(trace.hyper("decay", decay).times(trace.parameter()));
        }
        Expr rate = trace.takeRate().times(trace.bias(b2).sqrt());
        return ScheduleFreeSgd.averaged(u, rate, trace.hyper("beta1", beta1), trace);
    }

    @Override
    public Rule exempted() {
        return new ScheduleFreeAdamW(beta1, beta2, epsilon, 0);
    }
}
