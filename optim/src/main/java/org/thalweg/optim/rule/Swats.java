package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * SWATS: Adam that becomes SGD with momentum, once the rate at which SGD would go as far along Adam's steps has settled.
 *
 * <p>Keskar and Socher, arXiv:1712.07628, Algorithm 1, whose defaults these are; the NTU lecture's "switch to SGD near the
 * end". With {@code d} Adam's direction over all parameters, {@code gamma = rate |d|^2 / (d . g)} and {@code lambda <-
 * beta2 lambda + (1 - beta2) gamma}, it switches after a step later than the first with {@code |lambda / (1 - beta2^t) -
 * gamma| < settled}. From then on {@code v <- beta1 v + g}, direction {@code (1 - beta1) lambda / (1 - beta2^t) / rate v},
 * all but {@code v} as it was at the switch, so that a schedule goes on where the paper's SGD has a constant rate. A rate
 * that is not positive is not switched to.
 *
 * @param beta1 how much of the momentum stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment and of the projected rate stays, from 0 up to but not including 1
 * @param epsilon added to the root, above 0
 * @param settled how near the projected rate must be to its average, 0 or more; epsilon in the paper
 */
@About(
        summary = "SWATS: Adam, then SGD with momentum at the rate that Adam's steps tell",
        source = "Keskar & Socher, arXiv:1712.07628, 2017, Algorithm 1",
        lectures = "NTU")
public record Swats(double beta1, double beta2, double epsilon, double settled) implements Rule {
    public Swats {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.nonNegative("settled", settled);
    }

    public Swats() {
        this(0.9, 0.999, 1e-9, 1e-9);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr zero = Expr.constant(0);
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr rest = Expr.constant(1).minus(b1);
        State m = trace.state("momentum");
        ScalarState sgdRate = trace.scalarState("sgd_rate", 0);

        Expr moment = b1.times(m).plus(rest.times(g));
        Expr v = trace.average("second_moment", g.squared(), b2);
        Expr root = v.sqrt().plus(trace.hyper("epsilon", epsilon));
        Expr adam = moment.times(trace.bias(b2).sqrt().over(trace.bias(b1))).over(root);
        Expr velocity = b1.times(m).plus(g);

        Expr found = Expr.where(trace.step().equalTo(1), zero, projected(adam, g, b2, trace));
        Expr chosen = trace.assign(sgdRate, Expr.where(sgdRate.greaterThan(zero), sgdRate, found));
        Expr kept = Expr.where(sgdRate.greaterThan(zero), velocity, zero);
        trace.assign(m, Expr.where(chosen.greaterThan(zero), kept, moment));
        return Expr.where(sgdRate.greaterThan(zero), rest.times(sgdRate).times(velocity), adam);
    }

    /** SGD's rate over Adam's if it has settled, or 0. */
    private Expr projected(Expr adam, Expr g, Expr beta2, Trace trace) {
        ScalarState lambda = trace.scalarState("projected_rate", 0);
        Expr along = adam.times(g).sum(Scope.ALL);
        Expr gamma = trace.rate().times(adam.norm(Scope.ALL).squared()).over(along);
        Expr average = beta2.times(lambda).plus(Expr.constant(1).minus(beta2).times(gamma));
        Expr corrected = trace.assign(lambda, Expr.where(along.equalTo(0), lambda, average))
                .over(trace.bias(beta2));
        Expr near = corrected.minus(gamma).abs();
        return Expr.where(
                near.lessThan(trace.hyper("settled", settled)), corrected.over(trace.rate()), Expr.constant(0));
    }
}
