package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;

/**
 * How the numbers of inputs vary together, as the eigenvectors and eigenvalues of their covariance.
 *
 * @param means of each number
 * @param variances along the eigenvectors, largest first
 * @param directions the eigenvectors in that order, one after the other, each of length 1 and with its largest number positive
 */
@SuppressWarnings("ArrayRecordComponent") // lists would box a million numbers
record Covariance(double[] means, double[] variances, double[] directions) {
    private static final int MOST_NUMBERS = 4096;
    private static final int BLOCK = 256;

    /**
     * Takes it over all examples, dividing by their number, in double precision and two passes.
     *
     * @throws IllegalArgumentException if an input is not numbers, or more than 4,096 of them
     */
    static Covariance of(Examples examples) {
        int size = examples.shape().size();
        if (examples.shape().kind() == Shape.Kind.TOKENS || size > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "whitening needs inputs of at most %,d numbers, but an example here is %s; use standardise"
                            .formatted(MOST_NUMBERS, examples.shape()));
        }
        Engine.start();
        try (Arena arena = Arena.ofConfined();
                PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Rows rows = new Rows(examples, arena.allocate(ValueLayout.JAVA_DOUBLE, (long) BLOCK * size));
            double[] means = rows.means();
            return of(means, rows.covariance(means, arena));
        }
    }

    private static Covariance of(double[] means, Tensor covariance) {
        int size = means.length;
        T_TensorTensor_T parts = torch.linalg_eigh(covariance);
        double[] values = doubles(parts.get0());
        double[] vectors = doubles(parts.get1().t().contiguous());
        double[] variances = new double[size];
        double[] directions = new double[size * size];
        for (int i = 0; i < size; i++) {
            int from = size - 1 - i; // libtorch gives the smallest first
            variances[i] = Math.max(0, values[from]);
            double sign = sign(vectors, from * size, size);
            for (int j = 0; j < size; j++) {
                directions[i * size + j] = sign * vectors[from * size + j];
            }
        }
        return new Covariance(means, variances, directions);
    }

    /** The whitening to so many components, or to all that there are. */
    Whitening pca(int components, double epsilon) {
        int size = means.length;
        if (components > size) {
            throw new IllegalArgumentException(
                    "%,d components were asked for, but there are only %,d numbers in an input"
                            .formatted(components, size));
        }
        int rows = components == 0 ? size : components;
        float[] matrix = new float[rows * size];
        for (int i = 0; i < rows; i++) {
            double scale = scale(i, epsilon);
            for (int j = 0; j < size; j++) {
                matrix[i * size + j] = (float) (scale * directions[i * size + j]);
            }
        }
        return new Whitening(Whitening.Kind.PCA, boxed(means), FloatMatrix.of(rows, size, matrix));
    }

    /** The whitening that stays near to its input. */
    Whitening zca(double epsilon) {
        int size = means.length;
        double[] scaled = directions.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= scale(i / size, epsilon);
        }
        try (Arena arena = Arena.ofConfined();
                PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            Tensor turn = tensor(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, directions), size, size);
            Tensor stretch = tensor(arena.allocateFrom(ValueLayout.JAVA_DOUBLE, scaled), size, size);
            double[] product = doubles(turn.t().matmul(stretch).contiguous());
            float[] matrix = new float[product.length];
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) product[i];
            }
            return new Whitening(Whitening.Kind.ZCA, boxed(means), FloatMatrix.of(size, size, matrix));
        }
    }

    /** One over the root of a variance; 0 where nothing varies at all. */
    private double scale(int direction, double epsilon) {
        double mean = DoubleStream.of(variances).average().orElse(0);
        double raised = variances[direction] + epsilon * mean;
        return raised > 0 ? 1 / Math.sqrt(raised) : 0;
    }

    private static double sign(double[] vectors, int from, int size) {
        double largest = 0;
        for (int j = from; j < from + size; j++) {
            largest = Math.abs(vectors[j]) > Math.abs(largest) ? vectors[j] : largest;
        }
        return largest < 0 ? -1 : 1;
    }

    private static double[] doubles(Tensor tensor) {
        return Tensors.segment(tensor).toArray(ValueLayout.JAVA_DOUBLE);
    }

    private static Tensor tensor(MemorySegment memory, long rows, long columns) {
        return Tensors.over(memory, ScalarType.Double, rows, columns);
    }

    private static List<Double> boxed(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }

    /** Inputs as rows of doubles, block by block. */
    private record Rows(Examples examples, MemorySegment block) {
        double[] means() {
            double[] means = new double[size()];
            float[] input = new float[size()];
            for (int row = 0; row < examples.count(); row++) {
                examples.input(row, MemorySegment.ofArray(input));
                for (int i = 0; i < means.length; i++) {
                    means[i] += input[i];
                }
            }
            for (int i = 0; i < means.length; i++) {
                means[i] /= examples.count();
            }
            return means;
        }

        Tensor covariance(double[] means, Arena arena) {
            int size = size();
            Tensor sum = tensor(arena.allocate(ValueLayout.JAVA_DOUBLE, (long) size * size), size, size);
            for (int from = 0; from < examples.count(); from += BLOCK) {
                int count = Math.min(BLOCK, examples.count() - from);
                fill(from, count, means);
                try (PointerScope _ = new PointerScope()) {
                    Tensor rows = tensor(block.asSlice(0, (long) count * size * Double.BYTES), count, size);
                    sum.addmm_(rows.t(), rows);
                }
            }
            return sum.div_(new Scalar((double) examples.count()));
        }

        private void fill(int from, int count, double[] means) {
            float[] input = new float[size()];
            for (int row = 0; row < count; row++) {
                examples.input(from + row, MemorySegment.ofArray(input));
                for (int i = 0; i < input.length; i++) {
                    block.setAtIndex(ValueLayout.JAVA_DOUBLE, (long) row * input.length + i, input[i] - means[i]);
                }
            }
        }

        private int size() {
            return examples.shape().size();
        }
    }
}
