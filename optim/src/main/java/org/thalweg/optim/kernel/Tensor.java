package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The arrays of one parameter as kernels take them, and what is known about it during a step. */
public final class Tensor {
    private final long size;
    private final int rows;
    private final Object[] arrays;
    private final long[] offsets;
    private final List<Place> places;
    private final long randomKey;
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
     * @param rows how many rows it has; divides the number of elements
     * @param states native memory, in the order of declaration
     * @param statePlace how all of them are stored
     * @param scalarStates in the order of declaration; kept and updated
     * @param randomKey what random rounding depends on beside the step and the element; each tensor has one of its own
     */
    public Tensor(
            MemorySegment value,
            int rows,
            List<MemorySegment> states,
            Place statePlace,
            double[] scalarStates,
            long randomKey) {
        this.randomKey = randomKey;
        this.places = new ArrayList<>(Collections.nCopies(Op.FIRST_STATE + states.size(), statePlace));
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
        Place place = heap.isPresent() ? Place.HEAP : Place.NATIVE;
        if (array < Op.FIRST_STATE && places.get(array) != place) {
            places.set(array, place);
            kernels = List.of();
        }
    }

    /** Draws the keys of this step's random numbers: SplitMix64's finaliser (Steele, Lea and Flood, 2014). */
    void drawKeys(long step) {
        for (int array = Op.FIRST_STATE; array < arrays.length; array++) {
            long x = (randomKey * arrays.length + array) * 0x9E37_79B9_7F4A_7C15L + step * 0xD1B5_4A32_D192_ED03L;
            x = (x ^ x >>> 30) * 0xBF58_476D_1CE4_E5B9L;
            x = (x ^ x >>> 27) * 0x94D0_49BB_1331_11EBL;
            offsets[array] = (int) (x ^ x >>> 31);
        }
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

    /** Where the arrays lie, by number; the gradient may move from step to step. */
    List<Place> places() {
        return places;
    }

    void run(Kernel kernel, long base, int count, float[] slots, double[] sums) {
        kernel.run(arrays, offsets, base, count, slots, sums);
    }
}
