package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Examples of classes whose inputs are bytes, such as pixels, in memory or in a mapped file; they become numbers from 0 to
 * 255 as they are copied.
 *
 * @param shape of one example
 * @param classes labels are 0 to classes-1
 * @param records one after the other, of equal size
 * @param first offset of the first example's input
 * @param stride bytes from one example to the next
 * @param labels one for each example
 * @param source what to call the file in errors
 */
@SuppressWarnings("ArrayRecordComponent") // a list would box every label
record ByteExamples(
        Shape shape, int classes, MemorySegment records, long first, long stride, int[] labels, String source)
        implements Examples {
    @Override
    public Task task() {
        return new Task.Classification(classes);
    }

    @Override
    public int count() {
        return labels.length;
    }

    @Override
    public void input(int row, MemorySegment slot) {
        try {
            long from = first + row * stride;
            long size = slot.byteSize() / Float.BYTES;
            for (long i = 0; i < size; i++) {
                int value = records.get(ValueLayout.JAVA_BYTE, from + i) & 0xFF;
                slot.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, value);
            }
        } catch (InternalError e) {
            throw DataFile.vanished(source, e);
        }
    }

    @Override
    public void target(int row, MemorySegment slot) {
        slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, labels[row]);
    }
}
