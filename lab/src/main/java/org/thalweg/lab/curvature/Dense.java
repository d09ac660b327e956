package org.thalweg.lab.curvature;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;

/** All eigenvalues and eigenvectors of small symmetric matrices, by LAPACK. */
public final class Dense {
    private Dense() {}

    /**
     * Of a matrix.
     *
     * @param values ascending
     * @param vectors the eigenvector of each value
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Eigen(double[] values, double[][] vectors) {}

    /** Of a symmetric matrix, of which the lower triangle is read. */
    public static Eigen eigen(double[][] rows) {
        Engine.start();
        int size = rows.length;
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(
                    ValueLayout.JAVA_DOUBLE,
                    Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
            T_TensorTensor_T solved = torch.linalg_eigh(Tensors.over(memory, ScalarType.Double, size, size));
            double[] values = numbers(solved.get0());
            double[] columns = numbers(solved.get1().t());
            double[][] vectors = new double[size][];
            for (int i = 0; i < size; i++) {
                vectors[i] = Arrays.copyOfRange(columns, i * size, (i + 1) * size);
            }
            return new Eigen(values, vectors);
        }
    }

    private static double[] numbers(Tensor tensor) {
        return Tensors.segment(tensor.contiguous()).toArray(ValueLayout.JAVA_DOUBLE);
    }
}
