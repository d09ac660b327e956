package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.Tensor;

/** One layer as libtorch runs it. */
@FunctionalInterface
public interface Stage {
    /**
     * Computes the layer.
     *
     * @param input count x the shape of one example; never changed
     * @param training whether batch statistics are taken and values dropped
     */
    Tensor forward(Tensor input, boolean training);
}
