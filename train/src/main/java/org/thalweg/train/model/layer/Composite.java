package org.thalweg.train.model.layer;

import java.util.List;
import java.util.SequencedMap;
import org.thalweg.train.data.Shape;

/** A layer made of others. Each of its branches is a list of layers that sees the same shape of input. */
public sealed interface Composite extends Layer permits Sequence, Residual {
    /** The inner layers by the name of their branch. */
    SequencedMap<String, List<Layer>> branches();

    /** The same layer around others. */
    Layer around(List<List<Layer>> others);

    /**
     * Shape of what comes out for one example.
     *
     * @param outputs shapes of what the branches give, in their order
     * @throws Misfit if they do not fit together
     */
    Shape output(List<Shape> outputs);

    /** The layer on its branches, in their order. */
    Stage stage(List<Stage> branches);
}
