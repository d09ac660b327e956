package org.thalweg.train.curvature;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.engine.Engine;

/**
 * The second derivatives of a loss at the weights as they are, as an operator: exact products of the Hessian with vectors, at
 * about the cost of a gradient each, by taking the gradient of the gradient's product with the vector, backwards through the gradient's own graph. The Hessian itself is
 * never made.
 *
 * <p>Vectors hold the weights' tensors one after the other, row-major, in double precision; the products are computed in the
 * weights' own. The graph of the gradient is kept in native memory until the operator is closed, and weights must not
 * change before. Used by one thread at a time, the one that made it.
 *
 * <p>Source: Pearlmutter, Fast Exact Multiplication by the Hessian, Neural Computation 6(1), 1994.
 */
public final class HessianVectorProduct implements SymmetricOperator, AutoCloseable {
    private final Weights weights;
    private final PointerScope scope;
    private final TensorVector inputs;
    /** The gradient's tensors that depend on the weights, and which of the weights each belongs to. */
    private final TensorVector slopes;

    private final List<Integer> bent = new ArrayList<>();
    private final double loss;
    private final double[] gradient;
    private boolean open = true;

    /**
     * Computes loss and gradient at the weights as they are now.
     *
     * @param weights leaves of which gradients are taken; those that take no part in the loss have zeros in every product
     * @throws IllegalArgumentException if the loss is not one number, or does not depend on what gradients are taken of
     * @throws IllegalStateException if the loss or its gradient is not finite
     */
    public HessianVectorProduct(Objective objective, List<Tensor> weights) {
        Engine.start();
        this.weights = new Weights(weights);
        try (PointerScope kept = new PointerScope()) {
            scope = kept;
            inputs = this.weights.vector();
            slopes = new TensorVector();
            Tensor value = objective.loss();
            requireScalar(value);
            TensorVector all =
                    torch.grad(new TensorVector(value), inputs, new TensorVector(), new BoolOptional(true), true, true);
            keepBent(all);
            loss = value.item_double();
            gradient = gradient(all);
            requireFinite();
            kept.extend();
        }
    }

    private void keepBent(TensorVector all) {
        for (int i = 0; i < all.size(); i++) {
            Tensor slope = all.get(i);
            if (slope.defined() && slope.requires_grad()) {
                slopes.push_back(slope);
                bent.add(i);
            }
        }
    }

    private double[] gradient(TensorVector all) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            return Weights.array(weights.flat(all));
        }
    }

    private static void requireScalar(Tensor value) {
        if (value.numel() != 1 || !value.requires_grad()) {
            throw new IllegalArgumentException("the loss must be one number that depends on the weights, and this is %s"
                    .formatted(value.numel() == 1 ? "a constant" : value.numel() + " numbers"));
        }
    }

    private void requireFinite() {
        if (!Double.isFinite(loss) || !Double.isFinite(Vectors.norm(gradient))) {
            throw new IllegalStateException(
                    "the loss is %s and its gradient's norm %s: there is no curvature to speak of"
                            .formatted(loss, Vectors.norm(gradient)));
        }
    }

    /** The number of weights. */
    @Override
    public int size() {
        return weights.size();
    }

    /** The loss at the weights. */
    public double loss() {
        return loss;
    }

    /** A copy of the gradient at the weights. */
    public double[] gradient() {
        return gradient.clone();
    }

    /**
     * The product of the Hessian with a vector.
     *
     * @throws IllegalArgumentException if the vector is not as long as there are weights
     * @throws IllegalStateException if the operator is closed
     */
    @Override
    public double[] times(double[] vector) {
        if (!open) {
            throw new IllegalStateException("this operator is closed: make one at the weights as they are now");
        }
        if (vector.length != size()) {
            throw new IllegalArgumentException(
                    "there are %d weights, but the vector has %d numbers".formatted(size(), vector.length));
        }
        if (bent.isEmpty()) {
            return new double[size()]; // the loss is linear
        }
        try (PointerScope _ = new PointerScope();
                Arena arena = Arena.ofConfined()) {
            List<Tensor> parts = weights.parts(Weights.tensor(vector, arena));
            TensorVector along = new TensorVector();
            bent.forEach(i -> along.push_back(parts.get(i)));
            TensorVector product = torch.grad(slopes, inputs, along, new BoolOptional(true), false, true);
            return Weights.array(weights.flat(product));
        }
    }

    /**
     * The whole Hessian, symmetric, at the cost of as many products as there are weights.
     *
     * @param largest of how many weights it may be asked
     * @throws IllegalArgumentException if there are more
     */
    public double[][] dense(int largest) {
        if (size() > largest) {
            throw new IllegalArgumentException(
                    "the Hessian of %,d weights has %,d numbers; it is made for at most %,d weights: use products with vectors"
                            .formatted(size(), (long) size() * size(), largest));
        }
        double[][] rows = new double[size()][];
        double[] unit = new double[size()];
        for (int i = 0; i < rows.length; i++) {
            unit[i] = 1;
            rows[i] = times(unit);
            unit[i] = 0;
        }
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                rows[i][j] = rows[j][i] = 0.5 * (rows[i][j] + rows[j][i]);
            }
        }
        return rows;
    }

    /** Frees the graph. */
    @Override
    public void close() {
        open = false;
        scope.deallocate();
    }
}
