package org.thalweg.train.curvature;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Tries steps from where the weights are, and looks whether they lead down far enough: Armijo's condition. */
final class Descent {
    /** Of what the slope promises: Nocedal and Wright, Numerical Optimization, 2nd edition, section 3.1. */
    private static final double SUFFICIENT = 1e-4;
    /** By how much, relatively, a loss in single precision may seem higher than it is. */
    private static final double ROUNDING = 0x1p-22;

    private final Objective objective;
    private final Weights weights;
    private final double[] start;
    private final double[] gradient;
    private final double loss;
    private double lossNow;

    Descent(Objective objective, Weights weights, double loss, double[] gradient) {
        this.objective = objective;
        this.weights = weights;
        this.start = weights.read();
        this.gradient = gradient;
        this.loss = loss;
        this.lossNow = loss;
    }

    /** Goes a share of a step, and says whether that is low enough. */
    boolean leadsDown(double[] step, double share) {
        double slope = share * Vectors.dot(gradient, step);
        if (!(slope < 0)) {
            return false;
        }
        double[] there = start.clone();
        Vectors.add(there, share, step);
        weights.write(there);
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            lossNow = objective.loss().item_double();
        }
        return lossNow <= loss + SUFFICIENT * slope + ROUNDING * Math.abs(loss);
    }

    /** The loss where it went last. */
    double loss() {
        return lossNow;
    }

    /** Goes back to the start, to the last bit. */
    void giveUp() {
        weights.write(start);
        lossNow = loss;
    }
}
