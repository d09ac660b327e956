package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;

/**
 * How an average that starts at zero makes up for its start.
 */
public enum BiasCorrection {
    /** {@code s <- beta s + (1 - beta) x}, divided by {@code 1 - beta^t}: Kingma and Ba, ICLR 2015. */
    EXPONENTIAL,
    /** {@code s <- beta s + (1 - beta) x} as it is. */
    NONE,
    /**
     * {@code s <- (1 - 1/min(t, N)) s + x / min(t, N)} with {@code N = 1 / (1 - beta)}: the plain mean until there are N, of
     * the TTIC lecture's "Adam (simplified)".
     */
    RUNNING_MEAN;

    Expr average(Trace trace, String name, Expr x, Expr beta) {
        return switch (this) {
            case EXPONENTIAL -> trace.average(name, x, beta).over(trace.bias(beta));
            case NONE -> trace.average(name, x, beta);
            case RUNNING_MEAN -> {
                Expr n = Expr.constant(1).over(Expr.constant(1).minus(beta));
                Expr weight = Expr.constant(1).over(trace.step().min(n));
                State s = trace.state(name);
                yield trace.assign(s, Expr.constant(1).minus(weight).times(s).plus(weight.times(x)));
            }
        };
    }
}
