package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/**
 * AdEMAMix: Adam with a second, much slower average of the gradient, {@code (m1Hat + alpha m2) / (sqrt(vHat) + epsilon)}.
 *
 * <p>Pagliardini, Ablin and Grangier, ICLR 2025, arXiv:2409.03137, Algorithm 1; defaults are the authors' for JAX, where their
 * PyTorch code has an alpha of 2. The slow average is not corrected, as there; long runs schedule {@code alpha} (from 0) and
 * {@code beta3} (from beta1) instead.
 *
 * @param beta1 how much of the fast average stays, from 0 up to but not including 1
 * @param beta2 how much of the second moment stays, from 0 up to but not including 1
 * @param beta3 how much of the slow average stays, from 0 up to but not including 1
 * @param alpha the weight of the slow average, 0 or more
 * @param epsilon added to the root, 0 or more
 */
@About(
        summary = "AdEMAMix: Adam with a fast and a slow average of the gradient",
        source = "Pagliardini, Ablin & Grangier, arXiv:2409.03137, 2024, Algorithm 1")
public record AdEmaMix(double beta1, double beta2, double beta3, double alpha, double epsilon) implements Rule {
    public AdEmaMix {
        Require.decay("beta1", beta1);
        Require.decay("beta2", beta2);
        Require.decay("beta3", beta3);
        Require.nonNegative("alpha", alpha);
        Require.nonNegative("epsilon", epsilon);
    }

    public AdEmaMix() {
        this(0.9, 0.999, 0.9999, 5, 1e-8);
    }

    @Override
    public Expr direction(Expr g, Trace trace) {
        Expr b1 = trace.hyper("beta1", beta1);
        Expr b2 = trace.hyper("beta2", beta2);
        Expr fast = trace.average("fast_moment", g, b1).over(trace.bias(b1));
        Expr slow = trace.average("slow_moment", g, trace.hyper("beta3", beta3));
        Expr vHat = trace.average("second_moment", g.squared(), b2).over(trace.bias(b2));
        Expr mixed = fast.plus(trace.hyper("alpha", alpha).times(slow));
        return mixed.over(vHat.sqrt().plus(trace.hyper("epsilon", epsilon)));
    }
}
