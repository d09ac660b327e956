package org.thalweg.train.model.layer;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The tensors of one layer, by the names that it declares.
 *
 * @param tensors live as long as the network
 */
public record Weights(Map<String, Tensor> tensors) {
    public Weights {
        tensors = Map.copyOf(tensors);
    }

    /** The tensor of that name. */
    public Tensor get(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    /** The same for where libtorch takes a tensor or none; it lives as long as the network. */
    public TensorOptional optional(String name) {
        return Optional.ofNullable(tensors.get(name)).map(TensorOptional::new).orElseGet(TensorOptional::new);
    }
}
