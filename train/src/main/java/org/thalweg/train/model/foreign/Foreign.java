package org.thalweg.train.model.foreign;

import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/** A module that was made elsewhere: it comes with its tensors, and computes by itself. */
public interface Foreign {
    /** What it learns, by name: those of its parameters that want gradients. */
    SequencedMap<String, Tensor> parameters();

    /** All that it is made of, by name: parameters, frozen ones too, and buffers such as running statistics. */
    SequencedMap<String, Tensor> state();

    /**
     * Its answer.
     *
     * @param input count x the shape of one example
     * @param training the mode in which it computes
     */
    Tensor forward(Tensor input, boolean training);
}
