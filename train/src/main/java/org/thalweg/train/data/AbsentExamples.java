package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Examples that another worker has: what is known of them is enough to agree on them.
 *
 * @param shape of one example
 * @param task what is to be answered
 * @param count how many the other has
 * @param stamp what tells them from others
 */
record AbsentExamples(Shape shape, Task task, int count, Optional<String> stamp) implements Examples {
    @Override
    public void input(int row, MemorySegment slot) {
        throw absent();
    }

    @Override
    public void target(int row, MemorySegment slot) {
        throw absent();
    }

    private static IllegalStateException absent() {
        return new IllegalStateException("another worker has these examples");
    }
}
