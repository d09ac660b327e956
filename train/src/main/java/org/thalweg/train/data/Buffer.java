package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;

/** Memory for one batch. Any thread may copy into it; its tensors are for one thread. */
final class Buffer implements AutoCloseable {
    /** Vector loads of libtorch's kernels want whole cache lines. */
    private static final int ALIGNMENT = 64;

    private final Layout input;
    private final Layout target;
    private final MemorySegment inputs;
    private final MemorySegment targets;
    private final Map<Integer, Sized> batches = new HashMap<>();

    private record Sized(Batch batch, PointerScope scope) {}

    Buffer(Arena arena, Examples examples, int size) {
        this.input = examples.inputLayout();
        this.target = examples.targetLayout();
        this.inputs = arena.allocate(size * input.bytes(), ALIGNMENT);
        this.targets = arena.allocate(size * target.bytes(), ALIGNMENT);
    }

    /** Copies an example to a place in the batch. */
    void copy(Examples examples, int row, int place) {
        examples.copy(
                row,
                inputs.asSlice(place * input.bytes(), input.bytes()),
                targets.asSlice(place * target.bytes(), target.bytes()));
    }

    /** The first so many examples as tensors: a piece of a batch of {@code whole}. */
    Batch batch(int count, int whole) {
        Batch batch = batches.computeIfAbsent(count, this::sized).batch();
        return new Batch(batch.inputs(), batch.targets(), count, whole);
    }

    private Sized sized(int count) {
        try (PointerScope scope = new PointerScope()) {
            Batch batch = new Batch(tensor(inputs, input, count), tensor(targets, target, count), count);
            return new Sized(batch, scope.extend());
        }
    }

    private static Tensor tensor(MemorySegment all, Layout layout, int count) {
        long[] shape = LongStream.concat(
                        LongStream.of(count), layout.sizes().stream().mapToLong(Integer::longValue))
                .toArray();
        ScalarType type = switch (layout.type()) {
            case FLOAT32 -> ScalarType.Float;
            case INT64 -> ScalarType.Long;
        };
        return Tensors.over(all.asSlice(0, count * layout.bytes()), type, shape);
    }

    /** Frees the tensors; the memory is its arena's. */
    @Override
    public void close() {
        batches.values().forEach(sized -> sized.scope().deallocate());
        batches.clear();
    }
}
