package org.thalweg.train.model.foreign;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Collects a foreign module's tensors, and sees that they can be trained here. */
final class ForeignTensors {
    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();

    void parameter(String name, Tensor tensor) {
        require(name, tensor, tensor.scalar_type().intern() == ScalarType.Float);
        add(name, tensor);
        if (tensor.requires_grad()) {
            parameters.put(name, tensor);
        }
    }

    void buffer(String name, Tensor tensor) {
        ScalarType type = tensor.scalar_type().intern();
        require(name, tensor, type == ScalarType.Float || type == ScalarType.Long);
        add(name, tensor);
    }

    private static void require(String name, Tensor tensor, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "its %s is of type %s, and only float32 can be trained; convert it with .float() before it is exported"
                            .formatted(name, tensor.scalar_type().intern()));
        }
    }

    private void add(String name, Tensor tensor) {
        if (!tensor.is_contiguous()) {
            NoGradGuard guard = new NoGradGuard();
            tensor.set_data(tensor.contiguous());
            guard.close();
        }
        state.put(name, tensor);
    }

    SequencedMap<String, Tensor> parameters() {
        return Collections.unmodifiableSequencedMap(parameters);
    }

    SequencedMap<String, Tensor> state() {
        return Collections.unmodifiableSequencedMap(state);
    }
}
