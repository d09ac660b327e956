package org.thalweg.train.curvature;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;

/**
 * Newton's method with the whole Hessian, for small problems: {@code p <- p - (H + lambda I)^-1 g}. The damping lambda grows
 * until the matrix is positive definite and the step leads down, so that a saddle repels, as it should, and does not attract.
 *
 * <p>Source: CMU lecture (the undamped step); Nocedal and Wright, Numerical Optimization, 2nd edition, Algorithm 3.3, Cholesky
 * with an added multiple of the identity; Levenberg, 1944, and Marquardt, 1963, from whom the factor 10 is. The first
 * multiple is a thousandth of the largest number on the Hessian's diagonal.
 *
 * @param damping lambda to begin with, 0 or more; 0 by default: the full Newton step, where it leads down
 * @param largest of how many weights the Hessian is made; 2,000 by default, 32 MB
 */
public record Newton(double damping, int largest) {
    private static final double GROWTH = 10;
    private static final double FIRST = 1e-3;
    private static final int TRIES = 30;

    /**
     * What a step did.
     *
     * @param loss before it
     * @param lossAfter the same if there was no step down
     * @param gradientNorm before it
     * @param damping that it took
     * @param moved whether there was a step down; there is none at a minimum
     */
    public record Step(double loss, double lossAfter, double gradientNorm, double damping, boolean moved) {}

    public Newton {
        if (!(damping >= 0 && damping < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the damping must be 0 or more, not " + damping);
        }
        if (largest < 1) {
            throw new IllegalArgumentException("the Hessian must be of at least 1 weight, not " + largest);
        }
    }

    public Newton() {
        this(0, 2_000);
    }

    /**
     * Moves the weights by one step.
     *
     * @throws IllegalArgumentException if there are more weights than the Hessian is made of
     * @throws IllegalStateException if the loss, its gradient or its Hessian is not finite
     */
    public Step step(Objective objective, List<Tensor> weights) {
        double loss;
        double[] gradient;
        double[][] hessian;
        try (HessianVectorProduct curvature = new HessianVectorProduct(objective, weights)) {
            loss = curvature.loss();
            gradient = curvature.gradient();
            hessian = curvature.dense(largest);
        }
        return descend(new Descent(objective, new Weights(weights), loss, gradient), loss, gradient, hessian);
    }

    private Step descend(Descent descent, double loss, double[] gradient, double[][] hessian) {
        double norm = Vectors.norm(gradient);
        double first = firstMultiple(hessian);
        double smallest = smallestOfDiagonal(hessian);
        double lambda = Math.max(damping, smallest > 0 ? 0 : first - smallest);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment matrix = matrix(hessian, arena);
            for (int attempt = 0; attempt < TRIES && norm > 0; attempt++) {
                Optional<double[]> step = solve(matrix, lambda, Vectors.negated(gradient));
                if (step.isPresent() && descent.leadsDown(step.get(), 1)) {
                    return new Step(loss, descent.loss(), norm, lambda, true);
                }
                lambda = Math.max(GROWTH * lambda, first);
            }
        }
        descent.giveUp();
        return new Step(loss, loss, norm, lambda, false);
    }

    private static double firstMultiple(double[][] hessian) {
        double largest = IntStream.range(0, hessian.length)
                .mapToDouble(i -> Math.abs(hessian[i][i]))
                .max()
                .orElse(0);
        if (!Double.isFinite(largest)) {
            throw new IllegalStateException("the Hessian is not finite: there is no curvature to speak of");
        }
        return largest > 0 ? FIRST * largest : FIRST;
    }

    private static double smallestOfDiagonal(double[][] hessian) {
        return IntStream.range(0, hessian.length)
                .mapToDouble(i -> hessian[i][i])
                .min()
                .orElse(0);
    }

    private static MemorySegment matrix(double[][] rows, Arena arena) {
        return arena.allocateFrom(
                ValueLayout.JAVA_DOUBLE,
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /** The solution by Cholesky's factorisation, unless the matrix is not positive definite. */
    private static Optional<double[]> solve(MemorySegment matrix, double lambda, double[] right) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                Arena arena = Arena.ofConfined()) {
            Tensor damped = Tensors.over(matrix, ScalarType.Double, right.length, right.length)
                    .clone();
            damped.diagonal().add_(new Scalar(lambda));
            T_TensorTensor_T factor = torch.linalg_cholesky_ex(damped);
            if (factor.get1().item_int() != 0) {
                return Optional.empty();
            }
            Tensor column = Weights.tensor(right, arena).unsqueeze(1);
            double[] solution =
                    Weights.array(torch.cholesky_solve(column, factor.get0()).reshape(-1));
            return Optional.of(solution).filter(x -> Double.isFinite(Vectors.norm(x)));
        }
    }
}
