package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Examples in memory.
 *
 * @param shape of one example
 * @param task what is to be answered
 * @param inputs one example after the other, each laid out as the shape says
 * @param targets one after the other, each laid out as the task says
 */
public record MemoryExamples(Shape shape, Task task, MemorySegment inputs, MemorySegment targets) implements Examples {
    public MemoryExamples {
        long input = shape.layout().bytes();
        long target = task.target(shape).bytes();
        long count = targets.byteSize() / target;
        if (count < 1
                || count > Integer.MAX_VALUE
                || targets.byteSize() % target != 0
                || inputs.byteSize() != count * input) {
            throw new IllegalArgumentException(
                    "examples of shape %s that ask for %s take %d and %d bytes each, and at least one is needed,"
                                    .formatted(shape, task, input, target)
                            + " but got %d and %d bytes".formatted(inputs.byteSize(), targets.byteSize()));
        }
    }

    /**
     * Examples of classes.
     *
     * @param classes labels are 0 to classes-1
     * @param inputs float32, one example after the other
     * @param labels one for each example
     */
    public static MemoryExamples classes(Shape shape, int classes, MemorySegment inputs, int[] labels) {
        MemorySegment targets = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, labels.length);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("label %d is outside 0 to %d".formatted(labels[i], classes - 1));
            }
            targets.setAtIndex(ValueLayout.JAVA_LONG, i, labels[i]);
        }
        return new MemoryExamples(shape, new Task.Classification(classes), inputs, targets);
    }

    /**
     * Examples of numbers, one to be answered for each.
     *
     * @param inputs float32, one example after the other
     * @param answers one for each example
     */
    public static MemoryExamples numbers(Shape shape, MemorySegment inputs, List<Double> answers) {
        MemorySegment targets = floats(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            targets.setAtIndex(ValueLayout.JAVA_FLOAT, i, answers.get(i).floatValue());
        }
        return new MemoryExamples(shape, new Task.Regression(1), inputs, targets);
    }

    /** Examples over the bytes 0 to 255 as the numbers 0 to 255. */
    static MemoryExamples ofBytes(Shape shape, int classes, byte[] bytes, int[] labels) {
        MemorySegment inputs = floats(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, bytes[i] & 0xFF);
        }
        return classes(shape, classes, inputs, labels);
    }

    /** Room for so many float32, freed once nothing refers to it. */
    public static MemorySegment floats(long numbers) {
        return Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, numbers);
    }

    /** The largest number there is: images in memory may come from tables, where white is 1 or 16 or whatever it is. */
    @Override
    public float brightest() {
        float most = Float.MIN_NORMAL;
        for (long i = 0; i < inputs.byteSize() / Float.BYTES; i++) {
            most = Math.max(most, inputs.getAtIndex(ValueLayout.JAVA_FLOAT, i));
        }
        return most;
    }

    @Override
    public int count() {
        return (int) (targets.byteSize() / targetLayout().bytes());
    }

    @Override
    public void input(int row, MemorySegment slot) {
        copy(inputs, row, slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        copy(targets, row, slot);
    }

    private static void copy(MemorySegment all, int row, MemorySegment slot) {
        MemorySegment.copy(all, row * slot.byteSize(), slot, 0, slot.byteSize());
    }
}
