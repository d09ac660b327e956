package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;

/**
 * Examples in batches. All batches of one object share the same memory, so that a step allocates nothing for them: finish
 * with a batch before asking for the next. Used by one thread at a time.
 */
public final class Batches implements AutoCloseable {
    /** Vector loads of libtorch's kernels want whole cache lines. */
    private static final int ALIGNMENT = 64;

    private final Examples examples;
    private final int size;
    private final Arena arena = Arena.ofShared();
    private final List<PointerScope> scopes = new ArrayList<>();
    private final MemorySegment inputs;
    private final MemorySegment targets;
    private final Map<Integer, Batch> bySize = new HashMap<>();

    /**
     * @param size most examples in a batch, from 1 to all
     * @throws IllegalArgumentException if the size is not in that range
     */
    public Batches(Examples examples, int size) {
        checkSize(size, examples.count());
        Engine.start();
        this.examples = examples;
        this.size = size;
        inputs = arena.allocate(size * examples.inputLayout().bytes(), ALIGNMENT);
        targets = arena.allocate(size * examples.targetLayout().bytes(), ALIGNMENT);
    }

    /**
     * Checks a batch size before anything is built on it.
     *
     * @throws IllegalArgumentException if it is not from 1 to the number of examples
     */
    public static void checkSize(int size, int examples) {
        if (size < 1 || size > examples) {
            throw new IllegalArgumentException(
                    "the batch size must be from 1 to the %,d training examples, but is %,d".formatted(examples, size));
        }
    }

    /** Whole batches in an epoch: the examples divided by the batch size, rounded down. */
    public static long perEpoch(Examples examples, int size) {
        checkSize(size, examples.count());
        return examples.count() / size;
    }

    /**
     * One pass in an order of its own: the permutation that {@link SplitMix64#permutation} gives for stream {@code epoch}
     * of the seed, so that an epoch can be repeated without those before it. Examples that do not fill a last batch are
     * left out; which ones differs from epoch to epoch.
     *
     * @param epoch from 1
     */
    public Iterable<Batch> shuffled(long seed, long epoch) {
        return shuffled(seed, epoch, 0, _ -> size);
    }

    /**
     * The rest of a pass, in batches of different sizes. It ends when fewer examples are left than the next batch takes.
     *
     * @param taken examples of the pass that earlier batches had
     * @param sizes of the batches by their number from 0 on; each from 1 to the largest
     */
    public Iterable<Batch> shuffled(long seed, long epoch, int taken, IntUnaryOperator sizes) {
        int[] order = SplitMix64.stream(seed, epoch).permutation(examples.count());
        return () -> new Walk(order, taken, sizes, false);
    }

    /** Every example once, in the order of the data; the last batch may be smaller. */
    public Iterable<Batch> inOrder() {
        int[] order = IntStream.range(0, examples.count()).toArray();
        return () -> new Walk(order, 0, _ -> size, true);
    }

    /** Frees the memory; batches must not be used afterwards. */
    @Override
    public void close() {
        scopes.forEach(PointerScope::deallocate);
        scopes.clear();
        arena.close();
    }

    /** Batch after batch along an order. */
    private final class Walk implements Iterator<Batch> {
        private final int[] order;
        private final IntUnaryOperator sizes;
        private final boolean toTheEnd;
        private int from;
        private int number;

        Walk(int[] order, int from, IntUnaryOperator sizes, boolean toTheEnd) {
            this.order = order;
            this.from = from;
            this.sizes = sizes;
            this.toTheEnd = toTheEnd;
        }

        @Override
        public boolean hasNext() {
            return from < order.length && (toTheEnd || next(number) <= order.length - from);
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the pass has ended");
            }
            int begin = from;
            from = Math.min(order.length, from + next(number++));
            return fill(order, begin, from);
        }

        private int next(int batch) {
            return Objects.checkIndex(sizes.applyAsInt(batch) - 1, size) + 1;
        }
    }

    private Batch fill(int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            examples.copy(
                    order[i],
                    slot(inputs, examples.inputLayout(), i - from),
                    slot(targets, examples.targetLayout(), i - from));
        }
        return bySize.computeIfAbsent(to - from, this::batch);
    }

    private static MemorySegment slot(MemorySegment all, Layout layout, int index) {
        return all.asSlice(index * layout.bytes(), layout.bytes());
    }

    private Batch batch(int count) {
        try (PointerScope scope = new PointerScope()) {
            Batch batch = new Batch(
                    tensor(inputs, examples.inputLayout(), count),
                    tensor(targets, examples.targetLayout(), count),
                    count);
            scopes.add(scope.extend());
            return batch;
        }
    }

    private static Tensor tensor(MemorySegment all, Layout layout, int count) {
        long[] shape = LongStream.concat(
                        LongStream.of(count), layout.sizes().stream().mapToLong(Integer::longValue))
                .toArray();
        ScalarType type = switch (layout.type()) {
            case FLOAT32 -> ScalarType.Float;
            case INT64 -> ScalarType.Long;
        };
        return Tensors.over(all.asSlice(0, count * layout.bytes()), type, shape);
    }
}
