package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * McAllester's progress-optimal SGD: every parameter's rate maximises a lower bound on the progress for each gradient that
 * is computed. With {@code B* = K} for {@code t <= K} and {@code lambdaB sigma^2 / (m^2 + epsilon)} later, from the step
 * before, and {@code w = 1/B*} clamped to [0, 1]:
 *
 * <pre>{@code
 * m <- (1 - w) m + w g
 * s <- (1 - w) s + w g^2         sigma^2 = s - m^2
 * eta = 0 for t <= K, then lambdaEta m^2 / sigma^2
 * p <- p - rate eta g
 * }</pre>
 *
 * <p>TTIC 31230, "Stochastic Gradient Descent", slides "A Complete Algorithm", with names as there; {@code m} and {@code s}
 * are its averages of the gradient and its square. What is kept is {@code m} and {@code sigma^2} itself, {@code sigma^2 <-
 * (1 - w) (sigma^2 + w (g - m)^2)}, the same number without a difference of nearly equal ones. Deviations: B* counts batches, not samples, so that its B is 1 and {@code sigma} that of a batch's
 * gradient; and eta is at most {@code lambdaB lambdaEta}, which is the derivation's {@code eta* = 1/(2L)}, where the
 * lecture's formula goes to infinity as gradients agree. The rate multiplies eta and is meant to be 1.
 *
 * <p>Of the defaults lambdaB is the derivation's, the others are ours: with lambdaEta 0.01 no rate is above 0.16, which is safe
 * without noise too; with 1 the digits and Fashion-MNIST were learned faster. K between 2 and 100 made little difference.
 *
 * @param k for how many steps it only gathers averages, at least 1
 * @param lambdaB the length of the averages, above 0
 * @param epsilon keeps B* finite, above 0
 * @param lambdaEta the scale of the rate, above 0
 */
@About(
        summary = "McAllester's rate for each parameter, from its signal and noise",
        source = "McAllester, TTIC 31230, Stochastic Gradient Descent, 2018, \"A Complete Algorithm\"",
        lectures = "TTIC")
public record ProgressOptimal(double k, double lambdaB, double epsilon, double lambdaEta) implements Rule {
    public ProgressOptimal {
        if (!(k >= 1 && k < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("k must be 1 or more, not " + k);
        }
        Require.positive("lambdaB", lambdaB);
        Require.positive("epsilon", epsilon);
        Require.positive("lambdaEta", lambdaEta);
    }

    public ProgressOptimal() {
        this(10, 16, 1e-12, 0.01);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr one = Expr.constant(1);
        Expr steps = trace.hyper("K", k);
        Expr lb = trace.hyper("lambda_B", lambdaB);
        Expr le = trace.hyper("lambda_eta", lambdaEta);
        State m = trace.state("gradient_average");
        State v = trace.state("variance");
        Expr learned = m.squared().plus(trace.hyper("epsilon", epsilon)).over(lb.times(v));
        Expr w = Expr.where(trace.step().minus(1).atMost(steps), one.over(steps), learned)
                .min(1);
        Expr away = g.minus(m).squared();
        Expr signal = trace.assign(m, one.minus(w).times(m).plus(w.times(g))).squared();
        Expr noise = trace.assign(v, one.minus(w).times(v.plus(w.times(away))));
        Expr eta = Expr.where(signal.lessThan(lb.times(noise)), le.times(signal).over(noise), lb.times(le));
        return Expr.where(trace.step().atMost(steps), Expr.constant(0), eta).times(g);
    }
}
