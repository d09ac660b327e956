package org.thalweg.train.metrics;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.engine.Tensors;

/**
 * What a model answered for a batch, and what was right, a row for each example, or for each position of a sequence.
 *
 * @param outputs float32, rows x width
 * @param targets int64, rows, where a class or token is to be told; float32, rows x width, where numbers are
 * @param rows at least 0
 * @param width at least 1
 */
public record Answers(MemorySegment outputs, MemorySegment targets, int rows, int width) {
    public Answers {
        long needed = (long) rows * width * Float.BYTES;
        if (rows < 0 || width < 1 || outputs.byteSize() != needed) {
            throw new IllegalArgumentException("answers of %d rows x %d need %d bytes of outputs, but got %d"
                    .formatted(rows, width, needed, outputs.byteSize()));
        }
    }

    /**
     * A batch's answers as libtorch has them; nothing is copied where they are contiguous, as libtorch's are.
     *
     * @param outputs float32, of any shape that ends with {@code width}
     * @param targets as a batch has them
     */
    public static Answers of(Tensor outputs, Tensor targets, int width) {
        MemorySegment numbers = Tensors.segment(outputs.contiguous());
        int rows = Math.toIntExact(numbers.byteSize() / Float.BYTES / width);
        return new Answers(numbers, Tensors.segment(targets.contiguous()), rows, width);
    }

    /** One output. */
    float output(int row, int column) {
        return outputs.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * width + column);
    }

    /** The right class or token of a row. */
    int label(int row) {
        return (int) targets.getAtIndex(ValueLayout.JAVA_LONG, row);
    }

    /** The right number for one output. */
    float target(int row, int column) {
        return targets.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * width + column);
    }

    /** The class with the highest output, the first of several; -1 where none is a number. */
    int predicted(int row) {
        int best = -1;
        for (int column = 0; column < width; column++) {
            float value = output(row, column);
            if (best < 0 ? !Float.isNaN(value) : value > output(row, best)) {
                best = column;
            }
        }
        return best;
    }

    /**
     * The natural logarithm of the probability that softmax gives to a class, in double precision and safe from overflow;
     * NaN where an output is.
     */
    double logProbability(int row, int column) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < width; i++) {
            highest = Math.max(highest, output(row, i));
        }
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += Math.exp(output(row, i) - highest);
        }
        return output(row, column) - highest - Math.log(sum);
    }
}
