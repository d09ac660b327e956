package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.ReductionKind;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Trace;

/**
 * Perturbed gradient descent: where the gradient of all parameters together is small, which may be at a saddle point, a random
 * vector is added to it, drawn uniformly from a ball; then not again for some steps.
 *
 * <p>Jin et al., ICML 2017, Algorithm 2, without its last test for when to stop; the NTU lecture's escape with random noise. Two
 * deviations. The paper moves the parameters by the random vector and takes the gradient there; here, where the gradient has
 * been taken already, both are one step. And the ball's radius is that of the gradient's perturbation and not of the step, so
 * that a rate of zero moves nothing and a schedule scales both: the paper's {@code r} is {@code rate radius}, and its choice
 * of constants {@code radius = threshold / c}.
 *
 * <p>Uniform in the ball of {@code d} numbers are {@code d} of the {@code d + 2} coordinates of a point uniform on the sphere, and
 * such a point is a normal vector over its norm. The defaults are ours: the paper's follow from bounds on the loss's
 * derivatives that are seldom known.
 *
 * @param threshold up to which norm a gradient is small, 0 or more; g_thres in the paper
 * @param radius of the ball, 0 or more
 * @param pause how many steps lie between two perturbations at least, 0 or more; t_thres in the paper
 * @param seed which noise; the same seed gives the same
 */
@About(
        summary = "perturbed gradient descent: leaves saddle points by noise where the gradient is small",
        source = "Jin et al., ICML 2017, Algorithm 2",
        lectures = "NTU")
public record PerturbedGradient(double threshold, double radius, double pause, long seed) implements Rule {
    public PerturbedGradient {
        Require.nonNegative("threshold", threshold);
        Require.nonNegative("radius", radius);
        Require.nonNegative("pause", pause);
    }

    public PerturbedGradient() {
        this(1e-3, 1e-2, 50, 0);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Noise normal = trace.noise(seed);
        Expr squares = new Expr.Reduction(ReductionKind.SUM_OF_SQUARES, Scope.ALL, normal)
                .plus(trace.stepNoise(seed).squared())
                .plus(trace.stepNoise(seed).squared());
        Expr scale = trace.scale().times(trace.hyper("radius", radius)).over(squares.sqrt());
        return g.plus(Expr.where(due(g, trace), scale, Expr.constant(0)).times(normal));
    }

    private Expr.Condition due(Expr g, Trace trace) {
        Expr steps = trace.step();
        ScalarState last = trace.scalarState("last_perturbation", 0);
        Expr waited = Expr.where(last.equalTo(0), Expr.constant(Double.POSITIVE_INFINITY), steps.minus(last));
        Expr.Condition small = g.norm(Scope.ALL).atMost(trace.hyper("threshold", threshold));
        Expr.Condition due = trace.hyper("pause", pause).lessThan(Expr.where(small, waited, Expr.constant(0)));
        trace.assign(last, Expr.where(due, steps, last));
        return due;
    }
}
