package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.random.Counter;

/** The arrays of one parameter as kernels take them, and what is known about it during a step. */
public final class Tensor {
    private final long size;
    private final int rows;
    private final Object[] arrays;
    private final long[] offsets;
    private final Place[] places;
    private final long number;
    private final Value value;
    private final List<Noise> noises;
    /** What random numbers of this step depend on: rounding's, then each noise's. */
    private final long[] keys;

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
     * The numbers of a tensor.
     *
     * @param numbers float32, on the heap or off it
     * @param roundedCopy bfloat16 off the heap, written whenever the numbers are
     * @param gradients how gradients off the heap are stored
     */
    public record Value(MemorySegment numbers, Optional<MemorySegment> roundedCopy, Storage gradients) {
        /** All float32. */
        public static Value of(MemorySegment numbers) {
            return new Value(numbers, Optional.empty(), Storage.FLOAT32);
        }
    }

    /**
     * A tensor.
     *
     * @param number of its own, whatever other tensors there are; noise and random rounding depend on it
     * @param value what steps update
     * @param rows how many rows it has; divides the number of elements
     * @param states native memory, in the order of declaration
     * @param storage how all of them are stored
     * @param noises in the order in which the program has them
     * @param scalarStates in the order of declaration; kept and updated
     */
    public Tensor(
            long number,
            Value value,
            int rows,
            List<MemorySegment> states,
            Storage storage,
            List<Noise> noises,
            double[] scalarStates) {
        this.number = number;
        this.scalarStates = scalarStates;
        this.size = value.numbers().byteSize() / Float.BYTES;
        this.rows = rows;
        this.value = value;
        this.noises = List.copyOf(noises);
        this.keys = new long[1 + noises.size()];
        this.places = Place.allNative(value.gradients(), states.size(), storage, hasRoundedCopy(), noises.size())
                .toArray(Place[]::new);
        this.arrays = new Object[places.length];
        this.offsets = new long[places.length];
        put(Op.PARAMETER, value.numbers(), Place.NATIVE);
        for (int i = 0; i < states.size(); i++) {
            arrays[Op.FIRST_STATE + i] = states.get(i);
        }
        value.roundedCopy().ifPresent(copy -> arrays[Op.FIRST_STATE + states.size()] = copy);
    }

    /** Whether the value is written a second time, in two bytes a number. */
    boolean hasRoundedCopy() {
        return value.roundedCopy().isPresent();
    }

    /** Hands in this step's gradient; without one the tensor is left out of the step. */
    public void gradient(Optional<MemorySegment> gradient) {
        active = gradient.isPresent();
        Place before = places[Op.GRADIENT];
        gradient.ifPresent(segment -> put(Op.GRADIENT, segment, Place.ofNative(value.gradients())));
        if (before != places[Op.GRADIENT]) {
            kernels = List.of();
        }
    }

    private void put(int array, MemorySegment segment, Place offHeap) {
        if (segment.isNative()) {
            arrays[array] = segment;
            places[array] = offHeap;
        } else if (segment.isReadOnly()) { // does not give its array away
            putOnHeap(array, segment.toArray(ValueLayout.JAVA_FLOAT), 0);
        } else {
            putOnHeap(array, segment.heapBase().orElseThrow(), segment.address() / Float.BYTES);
        }
    }

    private void putOnHeap(int array, Object numbers, long offset) {
        if (!(numbers instanceof float[])) {
            throw new IllegalArgumentException("memory on the heap must be a float[], not "
                    + numbers.getClass().getSimpleName());
        }
        arrays[array] = numbers;
        places[array] = Place.HEAP;
        offsets[array] = offset;
    }

    /**
     * Says which step is next.
     *
     * @param step from 1
     */
    void beginStep(long step) {
        keys[0] = Counter.key(number, step);
        for (int i = 0; i < noises.size(); i++) {
            keys[1 + i] = noises.get(i).key(number, step);
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

    /** Where kernels find the arrays. */
    List<Place> places() {
        return List.of(places);
    }

    void run(int phase, long base, int count, float[] slots, double[] sums) {
        kernels.get(phase).run(arrays, offsets, base, count, slots, sums, keys);
    }
}
