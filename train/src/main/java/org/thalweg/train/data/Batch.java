package org.thalweg.train.data;

import org.bytedeco.pytorch.Tensor;

/**
 * Some examples as tensors. They are overwritten by the next batch.
 *
 * @param inputs float32, count x the shape of one example
 * @param labels int64, count
 * @param count number of examples
 */
public record Batch(Tensor inputs, Tensor labels, int count) {}
