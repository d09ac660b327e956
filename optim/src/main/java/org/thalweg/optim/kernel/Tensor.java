package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The arrays of one parameter as kernels take them, and what is known about it during a step. */
public final class Tensor {
    private final long size;
    private final int rows;
    private final Object[] arrays;
    private final long[] offsets;
    private final Place[] places;
    private final long number;
    private boolean active;
    private int key;

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
        this.places = new Place[arrays.length];
        Arrays.fill(places, Place.NATIVE);
        put(Op.PARAMETER, value);
        for (int i = 0; i < states.size(); i++) {
            arrays[Op.FIRST_STATE + i] = states.get(i);
            places[Op.FIRST_STATE + i] = Place.ofNative(storage);
        }
    }

    /** Hands in this step's gradient; without one the tensor is left out of the step. */
    public void gradient(Optional<MemorySegment> gradient) {
        active = gradient.isPresent();
        Place before = places[Op.GRADIENT];
        gradient.ifPresent(segment -> put(Op.GRADIENT, segment));
        if (before != places[Op.GRADIENT]) {
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
        places[array] = heap.isPresent() ? Place.HEAP : Place.NATIVE;
        offsets[array] = heap.isPresent() ? segment.address() / Float.BYTES : 0;
    }

    void beginStep(long step) {
        key = BFloat16.key(number, step);
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

    /** Where kernels find the arrays. */
    List<Place> places() {
        return List.of(places);
    }

    void run(int phase, long base, int count, float[] slots, double[] sums) {
        kernels.get(phase).run(arrays, offsets, base, count, slots, sums, key);
    }
}
