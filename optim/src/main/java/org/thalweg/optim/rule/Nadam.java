package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Trace;

/**
 * Nadam: Adam with Nesterov's momentum, whose weight warms up, {@code mu_t = beta1 (1 - 0.96^(t psi) / 2)}. Direction {@code
 * (mu_{t+1} m / (1 - mu_1 ... mu_{t+1}) + (1 - mu_t) g / (1 - mu_1 ... mu_t)) / (sqrt(vHat) + epsilon)}.
 *
 * <p>Dozat, ICLR workshop 2016, Algorithm 2. The average {@code m} is Adam's with beta1, and the defaults are those of
 * PyTorch's {@code NAdam}. PyTorch 1.13 multiplied {@code mu_t} into the first product twice, later versions do not.
 *
 * @param beta1 how much of the first moment stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param epsilon added to the root, 0 or more
 * @param psi how fast the momentum warms up, 0 or more
 */
@About(
        summary = "Nadam: Adam with Nesterov's momentum",
        source = "Dozat, ICLR workshop, 2016, Algorithm 2",
        lectures = "KAIST")
public record Nadam(double beta1, double beta2, double epsilon, double psi) implements Rule {
    public Nadam {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.nonNegative("epsilon", epsilon);
        Require.nonNegative("psi", psi);
    }

    public Nadam() {
        this(0.9, 0.999, 1e-8, 4e-3);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr one = Expr.constant(1);
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr m = trace.average("first_moment", g, b1);
        Expr v = trace.average("second_moment", g.squared(), b2);
        Expr mu = momentum(b1, trace.step(), trace);
        Expr next = momentum(b1, trace.step().plus(1), trace);
        ScalarState product = trace.scalarState("momentum_product", 1);
        Expr upToNow = trace.assign(product, product.times(mu));
        Expr ahead = next.over(one.minus(upToNow.times(next))).times(m);
        Expr now = one.minus(mu).over(one.minus(upToNow)).times(g);
        Expr root = v.over(trace.bias(b2)).sqrt().plus(trace.hyper("epsilon", epsilon));
        return ahead.plus(now).over(root);
    }

    private Expr momentum(Expr beta1, Expr t, Trace trace) {
        Expr cooled = Expr.constant(0.96).power(t.times(trace.hyper("psi", psi)));
        return beta1.times(Expr.constant(1).minus(cooled.times(0.5)));
    }
}
