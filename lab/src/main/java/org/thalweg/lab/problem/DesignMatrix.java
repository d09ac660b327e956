package org.thalweg.lab.problem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;

/**
 * Data as linear models see them.
 *
 * @param x a row of features for each example
 * @param y one number for each; -1 and 1 for two classes
 */
@SuppressWarnings("ArrayRecordComponent") // Read by linear models, which copy them.
public record DesignMatrix(double[][] x, double[] y) {
    /**
     * Of examples in memory, as they have been prepared.
     *
     * @throws IllegalArgumentException unless an example is a row of numbers that asks for one of two classes or for one number
     */
    public static DesignMatrix of(Examples examples) {
        boolean classes = examples.task() instanceof Task.Classification(int count) && count == 2;
        boolean number = examples.task() instanceof Task.Regression(int outputs) && outputs == 1;
        if (examples.shape().kind() != Shape.Kind.VECTOR || !(classes || number)) {
            throw new IllegalArgumentException(
                    "a linear model of one score is for rows of numbers that ask for one of two classes or one number, not for %s that ask for %s"
                            .formatted(examples.shape(), examples.task()));
        }
        double[][] x = new double[examples.count()][];
        double[] y = new double[examples.count()];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = arena.allocate(examples.inputLayout().bytes());
            MemorySegment target = arena.allocate(examples.targetLayout().bytes());
            for (int row = 0; row < x.length; row++) {
                examples.copy(row, input, target);
                x[row] = features(input);
                y[row] = classes
                        ? 2 * target.get(ValueLayout.JAVA_LONG_UNALIGNED, 0) - 1
                        : target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
            }
        }
        return new DesignMatrix(x, y);
    }

    private static double[] features(MemorySegment input) {
        float[] floats = input.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        double[] features = new double[floats.length];
        Arrays.setAll(features, i -> floats[i]);
        return features;
    }

    /** The same with a last feature that is always 1: the bias. */
    public DesignMatrix withConstant() {
        double[][] wider = Arrays.stream(x)
                .map(row -> {
                    double[] copy = Arrays.copyOf(row, row.length + 1);
                    copy[row.length] = 1;
                    return copy;
                })
                .toArray(double[][]::new);
        return new DesignMatrix(wider, y);
    }

    /** {@code X'X / n}: the Hessian of least squares, {@code mean of (x'w - y)^2 / 2}. */
    public double[][] gram() {
        int features = x[0].length;
        double[][] gram = new double[features][features];
        for (double[] row : x) {
            for (int i = 0; i < features; i++) {
                for (int j = 0; j < features; j++) {
                    gram[i][j] += row[i] * row[j] / x.length;
                }
            }
        }
        return gram;
    }
}
