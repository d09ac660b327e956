package org.thalweg.train.run;

import java.util.Map;
import java.util.SequencedMap;
import org.thalweg.train.model.StoredTensor;

/**
 * A run between two steps: all that is needed to go on as if it had never stopped.
 *
 * @param step completed steps
 * @param tensors by file and by name: {@value #WEIGHTS} is the network, the others what stands beside it
 * @param state the rest
 * @param config what the run is, as in its {@code config.json}: with the weights, enough to rebuild the model
 */
public record Checkpoint(
        long step, Map<String, SequencedMap<String, StoredTensor>> tensors, Document state, Document config) {
    /** The network's weights and running statistics. */
    public static final String WEIGHTS = "weights";
    /** What the update rule remembers. */
    public static final String OPTIMIZER = "optimizer";
    /** The average of the weights. */
    public static final String AVERAGE = "average";
    /** Lookahead's slow weights. */
    public static final String LOOKAHEAD = "lookahead";

    public Checkpoint {
        tensors = Map.copyOf(tensors);
    }
}
