package org.thalweg.train.model.layer;

import java.util.List;
import org.thalweg.train.data.Shape;

/** A layer that contains no others. */
public sealed interface Plain extends Layer
        permits Activation,
                Pooling,
                Linear,
                Conv2d,
                StandardisedConv2d,
                BatchNorm,
                LayerNorm,
                GroupNorm,
                InstanceNorm,
                Dropout,
                StochasticDepth,
                SkipInit,
                Scale,
                Flatten,
                Embedding,
                PositionalEmbedding,
                Lstm,
                Attention,
                LastPosition {
    /**
     * Shape of what comes out for one example.
     *
     * @throws Misfit if such inputs cannot go in
     */
    Shape output(Shape input);

    /** The tensors that the layer has for such inputs, in the order in which they are made. */
    default List<Weight> weights(Shape input) {
        return List.of();
    }

    /** Whether what goes in may be tokens, which are no numbers to compute with. */
    default boolean takesTokens() {
        return false;
    }

    /** The fewest examples that a batch in training may have. */
    default int smallestBatch(Shape input) {
        return 1;
    }

    /** The layer as libtorch runs it, on the tensors that {@link #weights} lists. */
    Stage stage(Shape input, Weights weights);
}
