package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * Yogi: Adam whose second moment moves towards {@code g^2} by steps that do not grow with the distance, {@code v <- v - (1 -
 * beta2) sign(v - g^2) g^2}, direction {@code m / (sqrt(v) + epsilon)}.
 *
 * <p>Zaheer et al., NeurIPS 2018, Algorithm 2, which corrects no bias; betas and epsilon are its experiments'. It leaves the
 * start of {@code v} to the user; 1e-6 is TensorFlow Addons'.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 one minus the step of the second moment, from 0 up to but not including 1
 * @param epsilon added to the root, above 0
 * @param initial what the second moment starts from, 0 or more
 */
@About(
        summary = "Yogi: Adam whose second moment changes by bounded steps",
        source = "Zaheer et al., NeurIPS 2018, Algorithm 2")
public record Yogi(double beta1, double beta2, double epsilon, double initial) implements Rule {
    public Yogi {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.nonNegative("initial", initial);
    }

    public Yogi() {
        this(0.9, 0.999, 1e-3, 1e-6);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr m = trace.average("first_moment", g, trace.hyper("beta1", beta1));
        State v = trace.state("second_moment", initial);
        Expr square = g.squared();
        Expr share = Expr.constant(1).minus(trace.hyper("beta2", beta2));
        Expr next = trace.assign(v, v.minus(share.times(v.minus(square).sign()).times(square)));
        return m.over(next.sqrt().plus(trace.hyper("epsilon", epsilon)));
    }
}
