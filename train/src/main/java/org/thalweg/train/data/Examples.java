package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Examples with what is to be answered for them, in memory or wherever they can be copied from. Any thread may copy, and
 * several at once.
 */
public interface Examples {
    /** Shape of one example. */
    Shape shape();

    Task task();

    /** How many there are, at least 1. */
    int count();

    /**
     * Copies an example's input.
     *
     * @param row from 0 to count-1
     * @param slot as large as {@link #inputLayout} says; of any alignment
     */
    void input(int row, MemorySegment slot);

    /**
     * Copies an example's target.
     *
     * @param row from 0 to count-1
     * @param slot as large as {@link #targetLayout} says; of any alignment
     */
    void target(int row, MemorySegment slot);

    /** One example's input in memory. */
    default Layout inputLayout() {
        return shape().layout();
    }

    /** One example's target in memory. */
    default Layout targetLayout() {
        return task().target(shape());
    }

    /** Copies an example's input and target. */
    default void copy(int row, MemorySegment input, MemorySegment target) {
        input(row, input);
        target(row, target);
    }

    /**
     * The examples as training sees them in one epoch: those that vary are other ones in each, and the same again for the
     * same seed and epoch, whatever was asked before. There are as many as ever.
     *
     * @param epoch from 1
     */
    default Examples inEpoch(long seed, long epoch) {
        return this;
    }

    /** The same examples before any preprocessing: what a person would recognise. */
    default Examples raw() {
        return this;
    }

    /** The number that white has before any preprocessing, where examples are images. */
    default float brightest() {
        return 255;
    }

    /**
     * In which order a pass goes through them, and what of each batch is one worker's: a piece of each batch of one permutation of
     * all.
     *
     * @param permutation of so many rows
     * @param share the worker's
     */
    default Order order(IntFunction<int[]> permutation, Share share) {
        return new Order.Cut(permutation.apply(count()), share);
    }

    /** What tells these from other examples, where not all of them are here to be looked at. */
    default Optional<String> stamp() {
        return Optional.empty();
    }

    /** What class an example is said to have. */
    @FunctionalInterface
    interface Labels {
        /**
         * The class to tell, always the same for a row.
         *
         * @param row from 0
         * @param right its own class
         */
        int of(int row, int right);
    }

    /** The same examples with other classes; nothing is copied. Only for those that ask for a class. */
    default Examples relabelled(Labels labels) {
        return new Relabelled(this, labels);
    }

    /** The chosen examples, in that order; nothing is copied. */
    default Examples select(int[] rows) {
        return new SelectedExamples(this, rows.clone());
    }

    /**
     * The class of every example.
     *
     * @throws IllegalStateException if the task is not to tell classes apart
     */
    default int[] labels() {
        if (!(task() instanceof Task.Classification)) {
            throw new IllegalStateException("examples that ask for %s have no classes".formatted(task()));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(ValueLayout.JAVA_LONG);
            return IntStream.range(0, count())
                    .map(row -> {
                        target(row, slot);
                        return (int) slot.get(ValueLayout.JAVA_LONG, 0);
                    })
                    .toArray();
        }
    }
}
