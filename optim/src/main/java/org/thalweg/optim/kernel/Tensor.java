package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** The arrays of one parameter as kernels take them, and what is known about it during a step. */
public final class Tensor {
    private static final int PARAMETER_ON_HEAP = 1;
    private static final int GRADIENT_ON_HEAP = 2;

    private final long size;
    private final int rows;
    private final Object[] arrays;
    private final long[] offsets;
    private boolean active;

    /** Uniforms by their number in the graph; shared by all tensors of a group where no reduction tells them apart. */
    double[] values = {};
    /** The slots of each phase's kernel. */
    float[][] scalars = {};
    /** What the step before left, in the order in which the program declares them. */
    private final double[] scalarStates;
    /** For reductions over rows, by their number in the graph, one sum for each row. */
    double[][] rowSums = {};

    /**
     * A tensor.
     *
     * @param rows how many rows it has; divides the number of elements
     * @param states native memory, in the order of declaration
     * @param scalarStates in the order of declaration; kept and updated
     */
    public Tensor(MemorySegment value, int rows, List<MemorySegment> states, double[] scalarStates) {
        this.scalarStates = scalarStates;
        this.size = value.byteSize() / Float.BYTES;
        this.rows = rows;
        this.arrays = new Object[Op.FIRST_STATE + states.size()];
        this.offsets = new long[arrays.length];
        put(Op.PARAMETER, value);
        for (int i = 0; i < states.size(); i++) {
            put(Op.FIRST_STATE + i, states.get(i));
        }
    }

    /** Hands in this step's gradient; without one the tensor is left out of the step. */
    public void gradient(Optional<MemorySegment> gradient) {
        active = gradient.isPresent();
        gradient.ifPresent(segment -> put(Op.GRADIENT, segment));
    }

    private void put(int array, MemorySegment segment) {
        Optional<Object> heap = segment.heapBase();
        if (heap.isPresent() && !(heap.get() instanceof float[])) {
            throw new IllegalArgumentException("memory on the heap must be a float[], not "
                    + heap.get().getClass().getSimpleName());
        }
        arrays[array] = heap.orElse(segment);
        offsets[array] = heap.isPresent() ? segment.address() / Float.BYTES : 0;
    }

    double scalarState(int index) {
        return scalarStates[index];
    }

    void scalarState(int index, double value) {
        scalarStates[index] = value;
    }

    long size() {
        return size;
    }

    int rows() {
        return rows;
    }

    boolean isActive() {
        return active;
    }

    /** Which arrays are on the heap, as a number from 0 to {@link #PLACES} - 1. */
    int place() {
        return (arrays[Op.PARAMETER] instanceof float[] ? PARAMETER_ON_HEAP : 0)
                + (arrays[Op.GRADIENT] instanceof float[] ? GRADIENT_ON_HEAP : 0);
    }

    /** How many combinations of places there are. */
    static final int PLACES = 4;

    void run(Kernel kernel, long base, int count, float[] slots, double[] sums) {
        kernel.run(arrays, offsets, base, count, slots, sums);
    }
}
