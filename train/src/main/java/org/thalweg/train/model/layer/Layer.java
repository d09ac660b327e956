package org.thalweg.train.model.layer;

/** One layer of a model: what it computes, without the sizes that follow from its input. */
public sealed interface Layer permits Plain, Composite, TorchScript {
    /** The short name that layers of this kind are numbered under, as in {@code conv1}. */
    String kind();
}
