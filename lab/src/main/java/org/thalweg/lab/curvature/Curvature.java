package org.thalweg.lab.curvature;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The second derivatives of a network's loss where its weights are, in numbers.
 *
 * @param weights how many
 * @param examples that the loss is the mean over
 * @param loss where the weights are
 * @param gradientNorm there: at a minimum it is 0
 * @param top the largest eigenvalues, the largest first
 * @param converged whether they are as exact as was asked for
 * @param lowest the smallest eigenvalue, below 0 where there is a way down; less exactly
 * @param trace the sum of all
 * @param density how all are spread, if that was asked for
 * @param layers the blocks of single layers, if they were asked for
 * @param cost what was computed, and how fast
 */
public record Curvature(
        int weights,
        int examples,
        double loss,
        double gradientNorm,
        List<Eigenvalue> top,
        boolean converged,
        Eigenvalue lowest,
        Trace trace,
        Optional<SpectralDensity> density,
        List<LayerBlock> layers,
        Cost cost) {
    public Curvature {
        top = List.copyOf(top);
        layers = List.copyOf(layers);
    }

    /**
     * The block of the Hessian that belongs to one layer, the other layers held.
     *
     * @param layer its path in the model
     * @param weights how many it has
     * @param largest the block's largest eigenvalue
     * @param trace of the block
     */
    public record LayerBlock(String layer, int weights, Eigenvalue largest, Trace trace) {}

    /**
     * What it took.
     *
     * @param topProducts products with the Hessian for the largest eigenvalues
     * @param topSeconds for the largest eigenvalues
     * @param seconds in all
     * @param gradientMillis a gradient over all of the examples, the median
     * @param productMillis a product with the Hessian over all of them, the median
     */
    public record Cost(
            int topProducts, double topSeconds, double seconds, double gradientMillis, double productMillis) {
        /** How many gradients a product takes. */
        public double gradients() {
            return productMillis / gradientMillis;
        }
    }

    /**
     * The condition number, largest over smallest eigenvalue; none where the smallest is not clearly above 0, as in nearly every
     * network: some directions are flat, or lead down.
     */
    public OptionalDouble condition() {
        boolean definite = lowest.value() > lowest.residual()
                && lowest.value() > 1e-6 * top.getFirst().value();
        return definite ? OptionalDouble.of(top.getFirst().value() / lowest.value()) : OptionalDouble.empty();
    }

    /** The largest over the last of the largest eigenvalues that were computed: how uneven the steep directions are. */
    public double spread() {
        return top.getFirst().value() / top.getLast().value();
    }
}
