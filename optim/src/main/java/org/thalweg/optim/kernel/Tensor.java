package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arrays of one parameter as kernels take them, and what is known about it during a step. */
public final class Tensor {
    private final long size;
    private final int rows;
    private final Object[] arrays;
    private final long[] offsets;
    private final Optional<NarrowStates> narrow;
    private final long number;
    private boolean active;

    /** Uniforms by their number in the graph; shared by all tensors of a group where no reduction tells them apart. */
    double[] values = {};
    /** One for each phase; none before they are compiled for where the arrays lie now. */
    List<Kernel> kernels = List.of();
    /** The slots of each phase's kernel. */
    float[][] scalars = {};
    /** What the step before left, in the order in which the program declares them. */
    private final double[] scalarStates;
    /** For reductions over rows, by their number in the graph, one sum for each row. */
    double[][] rowSums = {};

    /**
     * A tensor.
     *
     * @param number of its own among the optimizer's tensors; random rounding depends on it
     * @param rows how many rows it has; divides the number of elements
     * @param states native memory, in the order of declaration
     * @param storage how all of them are stored
     * @param scalarStates in the order of declaration; kept and updated
     */
    public Tensor(
            long number,
            MemorySegment value,
            int rows,
            List<MemorySegment> states,
            Storage storage,
            double[] scalarStates) {
        this.number = number;
        this.scalarStates = scalarStates;
        this.size = value.byteSize() / Float.BYTES;
        this.rows = rows;
        this.arrays = new Object[Op.FIRST_STATE + states.size()];
        this.offsets = new long[arrays.length];
        put(Op.PARAMETER, value);
        if (storage == Storage.FLOAT32) {
            narrow = Optional.empty();
            for (int i = 0; i < states.size(); i++) {
                put(Op.FIRST_STATE + i, states.get(i));
            }
        } else {
            narrow = Optional.of(new NarrowStates(states, storage));
        }
    }

    /** Hands in this step's gradient; without one the tensor is left out of the step. */
    public void gradient(Optional<MemorySegment> gradient) {
        active = gradient.isPresent();
        Object before = arrays[Op.GRADIENT];
        gradient.ifPresent(segment -> put(Op.GRADIENT, segment));
        if (before instanceof float[] != arrays[Op.GRADIENT] instanceof float[]) {
            kernels = List.of();
        }
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

    /** @param vectors whether to use vector instructions */
    void beginStep(long step, boolean vectors) {
        narrow.ifPresent(states -> states.beginStep(number, step, vectors));
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

    /** The arrays that kernels will see as {@code float[]}. */
    Set<Integer> arraysOnHeap() {
        Set<Integer> heap = new HashSet<>();
        for (int array = 0; array < arrays.length; array++) {
            boolean widened = array >= Op.FIRST_STATE && narrow.isPresent();
            if (widened || arrays[array] instanceof float[]) {
                heap.add(array);
            }
        }
        return heap;
    }

    void run(int phase, Plan.Phase plan, long base, int count, float[] slots, double[] sums) {
        Kernel kernel = kernels.get(phase);
        if (narrow.isPresent()) {
            narrow.get().run(plan, kernel, arrays, offsets, base, count, slots, sums);
        } else {
            kernel.run(arrays, offsets, base, count, slots, sums);
        }
    }
}
