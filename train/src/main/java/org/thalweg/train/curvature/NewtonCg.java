package org.thalweg.train.curvature;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Newton's method without a Hessian: the step is solved for by conjugate gradients, which need products of the Hessian with
 * vectors alone, and only as exactly as it pays off; then it is halved until it leads down. Where a direction of negative
 * curvature turns up, the solving ends with what it has, and in the first iteration with the gradient.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd edition, Algorithm 7.1 (Line Search Newton-CG), with its forcing
 * term {@code min(0.5, sqrt |g|)}; Dembo and Steihaug, Mathematical Programming 26, 1983. Armijo's condition with 1e-4.
 *
 * @param mostProducts in one step, at least 1; 250 by default
 */
public record NewtonCg(int mostProducts) {
    private static final int HALVINGS = 40;

    /**
     * What a step did.
     *
     * @param loss before it
     * @param lossAfter the same if there was no step down
     * @param gradientNorm before it
     * @param share of the solved step that was taken: 1, 0.5, 0.25, ..., or 0
     * @param products of the Hessian with vectors
     * @param negativeCurvature whether a direction of negative curvature ended the solving
     */
    public record Step(
            double loss, double lossAfter, double gradientNorm, double share, int products, boolean negativeCurvature) {
        /** Whether there was a step down; there is none at a minimum. */
        public boolean moved() {
            return share > 0;
        }
    }

    /** A direction down, and how it was found. */
    private record Direction(double[] step, int products, boolean negativeCurvature) {}

    public NewtonCg {
        if (mostProducts < 1) {
            throw new IllegalArgumentException("a step needs at least 1 product, not " + mostProducts);
        }
    }

    public NewtonCg() {
        this(250);
    }

    /**
     * Moves the weights by one step.
     *
     * @throws IllegalStateException if the loss or its gradient is not finite
     */
    public Step step(Objective objective, List<Tensor> weights) {
        double loss;
        double[] gradient;
        Direction direction;
        try (HessianVectorProduct curvature = new HessianVectorProduct(objective, weights)) {
            loss = curvature.loss();
            gradient = curvature.gradient();
            direction = direction(curvature, gradient);
        }
        double norm = Vectors.norm(gradient);
        Descent descent = new Descent(objective, new Weights(weights), loss, gradient);
        double share = 1;
        for (int halvings = 0; halvings < HALVINGS && norm > 0; halvings++) {
            if (descent.leadsDown(direction.step(), share)) {
                return new Step(loss, descent.loss(), norm, share, direction.products(), direction.negativeCurvature());
            }
            share /= 2;
        }
        descent.giveUp();
        return new Step(loss, loss, norm, 0, direction.products(), direction.negativeCurvature());
    }

    private Direction direction(HessianVectorProduct curvature, double[] gradient) {
        double norm = Vectors.norm(gradient);
        double enough = Math.min(0.5, Math.sqrt(norm)) * norm;
        double[] z = new double[gradient.length];
        double[] r = gradient.clone();
        double[] d = Vectors.negated(gradient);
        double square = norm * norm;
        int products = 0;
        while (products < mostProducts && Math.sqrt(square) > enough) {
            double[] bd = curvature.times(d);
            products++;
            double bend = Vectors.dot(d, bd);
            if (!(bend > 0)) {
                return new Direction(products == 1 ? d : z, products, true);
            }
            double alpha = square / bend;
            Vectors.add(z, alpha, d);
            Vectors.add(r, alpha, bd);
            double next = Vectors.dot(r, r);
            double[] turned = Vectors.negated(r);
            Vectors.add(turned, next / square, d);
            d = turned;
            square = next;
        }
        return new Direction(z, products, false);
    }
}
