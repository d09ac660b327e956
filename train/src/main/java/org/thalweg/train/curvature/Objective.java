package org.thalweg.train.curvature;

import org.bytedeco.pytorch.Tensor;

/**
 * A loss as a function of weights, such as {@code () -> torch.cross_entropy(network.forward(inputs, false), labels)}.
 *
 * <p>What stands here is called several times a step and must be the same function each time: of the same examples, without
 * dropout, and with batch normalisation's statistics held ({@code training} false).
 */
@FunctionalInterface
public interface Objective {
    /**
     * Computes the loss at the weights as they are now. Tensors that it makes are freed by the caller.
     *
     * @return one number, with the graph that leads to it
     */
    Tensor loss();
}
