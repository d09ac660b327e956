package org.thalweg.train.predict;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Layout;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;

/**
 * A network's answers without gradients, with running statistics and no dropout. Several threads may take them at once: nothing
 * in the network changes, and what a pass takes is its own.
 */
record ForwardPass(Network network, Loss loss) {
    /** Vector loads of libtorch's kernels want whole cache lines. */
    private static final int ALIGNMENT = 64;

    /**
     * The scores or numbers of some inputs.
     *
     * @param inputs one after the other, preprocessed
     * @param shape of each, as the network sees it
     */
    float[][] answers(MemorySegment inputs, int count, Shape shape) {
        float[] numbers = run(inputs, shape.layout().type(), sizes(count, shape));
        int width = numbers.length / count;
        return IntStream.range(0, count)
                .mapToObj(row -> Arrays.copyOfRange(numbers, row * width, (row + 1) * width))
                .toArray(float[][]::new);
    }

    /** The scores of all tokens after these. */
    float[] lastScores(long[] tokens) {
        float[] numbers = run(MemorySegment.ofArray(tokens), Layout.Type.INT64, 1, tokens.length);
        int width = numbers.length / tokens.length;
        return Arrays.copyOfRange(numbers, numbers.length - width, numbers.length);
    }

    private float[] run(MemorySegment inputs, Layout.Type type, long... sizes) {
        try (Arena arena = Arena.ofConfined();
                PointerScope _ = new PointerScope()) {
            NoGradGuard _ = new NoGradGuard();
            MemorySegment memory = arena.allocate(inputs.byteSize(), ALIGNMENT).copyFrom(inputs);
            Tensor batch = Tensors.over(memory, type == Layout.Type.INT64 ? ScalarType.Long : ScalarType.Float, sizes);
            Tensor outputs = loss.scores(network.forward(batch, false)).contiguous();
            return Tensors.segment(outputs).toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    private static long[] sizes(int count, Shape shape) {
        return IntStream.concat(IntStream.of(count), shape.sizes().stream().mapToInt(Integer::intValue))
                .asLongStream()
                .toArray();
    }
}
