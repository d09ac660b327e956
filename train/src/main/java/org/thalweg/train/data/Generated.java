package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Examples that are generated as they are copied. */
record Generated(Shape shape, Task task, int count, long seed, Synthetic.Generator generator) implements Examples {
    @Override
    public void input(int row, MemorySegment slot) {
        float[] input = new float[shape.size()];
        generate(row, input);
        MemorySegment.copy(input, 0, slot, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, input.length);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        double[] target = generate(row, new float[shape.size()]);
        if (task instanceof Task.Classification) {
            slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, (long) target[0]);
            return;
        }
        for (int i = 0; i < target.length; i++) {
            slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) target[i]);
        }
    }

    private double[] generate(int row, float[] input) {
        return generator.generate(row, SplitMix64.stream(seed, row), input);
    }
}
