package org.thalweg.train.curvature;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;

/** Tensors seen as one vector of double precision, in their order and row-major; float32 survives the way there and back. */
final class Weights {
    private final List<Tensor> tensors;
    private final int size;

    /** @throws IllegalArgumentException if one is not a leaf that gradients are taken of, or there is none */
    Weights(List<Tensor> tensors) {
        if (tensors.isEmpty() || !tensors.stream().allMatch(tensor -> tensor.is_leaf() && tensor.requires_grad())) {
            throw new IllegalArgumentException("weights must be tensors of which gradients are taken, at least one");
        }
        this.tensors = List.copyOf(tensors);
        long count = tensors.stream().mapToLong(Tensor::numel).sum();
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("%,d weights are too many for one vector".formatted(count));
        }
        this.size = (int) count;
    }

    int size() {
        return size;
    }

    TensorVector vector() {
        return new TensorVector(tensors.toArray(Tensor[]::new));
    }

    double[] read() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            return array(flat(vector()));
        }
    }

    void write(double[] values) {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                Arena arena = Arena.ofConfined()) {
            List<Tensor> parts = parts(tensor(values, arena));
            for (int i = 0; i < parts.size(); i++) {
                tensors.get(i).data().copy_(parts.get(i));
            }
        }
    }

    /** A vector as tensors of the weights' own shapes and precision. */
    List<Tensor> parts(Tensor all) {
        List<Tensor> parts = new ArrayList<>();
        long from = 0;
        for (Tensor tensor : tensors) {
            parts.add(all.narrow(0, from, tensor.numel()).view_as(tensor).to(tensor.scalar_type()));
            from += tensor.numel();
        }
        return parts;
    }

    /** Side by side, in double precision; zeros where one is not there. */
    Tensor flat(TensorVector values) {
        TensorVector parts = new TensorVector();
        for (int i = 0; i < tensors.size(); i++) {
            Tensor value = values.get(i);
            parts.push_back((value.defined() ? value : torch.zeros_like(tensors.get(i)))
                    .reshape(-1)
                    .to(ScalarType.Double));
        }
        return torch.cat(parts);
    }

    /** A vector as a tensor over memory of the arena. */
    static Tensor tensor(double[] values, Arena arena) {
        MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
        return Tensors.over(memory, ScalarType.Double, values.length);
    }

    /** A copy of a vector of double precision. */
    static double[] array(Tensor flat) {
        return Tensors.segment(flat.contiguous()).toArray(ValueLayout.JAVA_DOUBLE);
    }
}
