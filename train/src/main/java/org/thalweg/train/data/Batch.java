package org.thalweg.train.data;

import org.bytedeco.pytorch.Tensor;

/**
 * Some examples as tensors. They are overwritten by the next batch.
 *
 * @param inputs float32, count x the shape of one example
 * @param targets as the task says: int64 for classes (count) and tokens (count x length), float32 for numbers (count x outputs)
 * @param count number of examples
 * @param whole examples of the batch that this is a piece of, at least as many
 */
public record Batch(Tensor inputs, Tensor targets, int count, int whole) {
    /** A whole batch. */
    public Batch(Tensor inputs, Tensor targets, int count) {
        this(inputs, targets, count, count);
    }

    /** What part of the whole batch's mean is this one's. */
    public double weight() {
        return (double) count / whole;
    }

    /**
     * One of several parts, whose sizes differ by one example at most; the same memory.
     *
     * @param part from 0
     * @param parts from 1 to the number of examples
     */
    public Batch part(int part, int parts) {
        int size = partSize(part, parts);
        int from = start(part, parts);
        return new Batch(inputs.narrow(0, from, size), targets.narrow(0, from, size), size, whole);
    }

    /** Examples in such a part. */
    public int partSize(int part, int parts) {
        if (parts < 1 || parts > count || part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "a batch of %d examples has no part %d of %d".formatted(count, part, parts));
        }
        return start(part + 1, parts) - start(part, parts);
    }

    private int start(int part, int parts) {
        return (int) ((long) count * part / parts);
    }
}
