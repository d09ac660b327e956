package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.thalweg.train.engine.Engine;

/**
 * Examples in batches, filled ahead on another thread, so that training does not wait for data. The order and the numbers
 * do not depend on how far ahead. The batches of one object share a few buffers, so that a step allocates nothing for them:
 * finish with a batch before asking for the next, and with a pass before beginning another. Used by one thread at a time.
 *
 * <p>Several workers that go through the same examples with the same seed take each its {@link Share} of each batch.
 */
public final class Batches implements AutoCloseable {
    private final Examples examples;
    private final Batching batching;
    private final Share share;
    private final Arena arena = Arena.ofShared();
    private final List<Buffer> buffers;
    private Optional<Feed> feed = Optional.empty();
    private long waitedNanos;

    /**
     * Whole batches, filled ahead.
     *
     * @param size examples in a batch, from 1 to all
     * @throws IllegalArgumentException if the size is not in that range
     */
    public Batches(Examples examples, int size) {
        checkSize(size, examples.count());
        this(examples, new Batching(size));
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

    /**
     * Makes room for the batches.
     *
     * @throws IllegalArgumentException if a batch is larger than all the examples
     */
    public Batches(Examples examples, Batching batching) {
        this(examples, batching, Share.WHOLE);
    }

    /**
     * Makes room for a worker's pieces of the batches.
     *
     * @param batching of whole batches
     * @throws IllegalArgumentException if a batch is larger than all the examples
     */
    public Batches(Examples examples, Batching batching, Share share) {
        batching.checkFits(examples);
        Engine.start();
        this.examples = examples;
        this.batching = batching;
        this.share = share;
        this.buffers = IntStream.rangeClosed(0, batching.ahead())
                .mapToObj(_ -> new Buffer(arena, examples, share.largest(batching.size())))
                .toList();
    }

    /** Whole batches in an epoch: the examples divided by the batch size, rounded down. */
    public static long perEpoch(Examples examples, int size) {
        checkSize(size, examples.count());
        return examples.count() / size;
    }

    /**
     * One pass in an order of its own: {@link Examples#order} by the permutation that {@link SplitMix64#permutation} gives for stream
     * {@code epoch} of the seed, so that an epoch can be repeated without those before it. Examples that do not fill a last batch are left
     * out unless they are to be kept; which ones differs from epoch to epoch. Examples that vary are those of the epoch.
     *
     * @param epoch from 1
     */
    public Iterable<Batch> shuffled(long seed, long epoch) {
        return shuffled(seed, epoch, 0, _ -> batching.size());
    }

    /**
     * The rest of a pass, in batches of different sizes. It ends when fewer examples are left than the next batch takes, unless
     * a smaller batch is to be kept.
     *
     * @param taken examples of the pass that earlier batches had
     * @param sizes of the batches by their number from 0 on; each from 1 to the largest
     */
    public Iterable<Batch> shuffled(long seed, long epoch, int taken, IntUnaryOperator sizes) {
        Order order = examples.order(count -> SplitMix64.stream(seed, epoch).permutation(count), share);
        Examples now = examples.inEpoch(seed, epoch);
        return () -> pass(new Pass(now, order, ends(taken, sizes, !batching.dropLast())));
    }

    /** Every example once, in the order of the data; the last batch may be smaller. */
    public Iterable<Batch> inOrder() {
        Order order = examples.order(count -> IntStream.range(0, count).toArray(), share);
        return () -> pass(new Pass(examples, order, ends(0, _ -> batching.size(), true)));
    }

    /** Where each batch of a pass ends, after where the first begins. */
    private int[] ends(int taken, IntUnaryOperator sizes, boolean toTheEnd) {
        IntStream.Builder ends = IntStream.builder().add(taken);
        int from = taken;
        for (int number = 0; from < examples.count(); number++) {
            int size = sizes.applyAsInt(number);
            int left = examples.count() - from;
            if (size > left && !toTheEnd) {
                break;
            }
            from += Objects.checkIndex(Math.min(size, left) - 1, batching.size()) + 1;
            ends.add(from);
        }
        return ends.build().toArray();
    }

    /** Seconds that passes have waited for data: close to none where batches are filled as fast as they are used. */
    public double waitedSeconds() {
        return (waitedNanos + feed.map(Feed::waitedNanos).orElse(0L)) / 1e9;
    }

    /** Frees the memory; batches must not be used afterwards. */
    @Override
    public void close() {
        boolean ended = stop();
        buffers.forEach(Buffer::close);
        if (ended) { // otherwise a thread that is stuck in reading still writes here
            arena.close();
        }
    }

    /**
     * One way through the examples.
     *
     * @param order what of each batch is taken
     * @param ends where each batch ends in the order, after where the first begins
     */
    @SuppressWarnings("ArrayRecordComponent") // lists would box every number
    private record Pass(Examples examples, Order order, int[] ends) {
        int batches() {
            return ends.length - 1;
        }

        int size(int number) {
            return ends[number + 1] - ends[number];
        }

        void fill(int number, Buffer buffer) {
            for (int i = 0; i < count(number); i++) {
                buffer.copy(examples, order.row(ends[number], ends[number + 1], i), i);
            }
        }

        Batch filled(int number, Buffer buffer) {
            return buffer.batch(count(number), size(number));
        }

        private int count(int number) {
            return order.count(ends[number], ends[number + 1]);
        }
    }

    private Iterator<Batch> pass(Pass pass) {
        stop();
        if (batching.ahead() == 0) {
            return IntStream.range(0, pass.batches())
                    .mapToObj(number -> fillNow(pass, number))
                    .iterator();
        }
        Feed started =
                Feed.start((number, buffer) -> pass.fill(number, buffers.get(buffer)), pass.batches(), buffers.size());
        feed = Optional.of(started);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return started.hasNext();
            }

            @Override
            public Batch next() {
                int number = started.next();
                return pass.filled(number, buffers.get(number % buffers.size()));
            }
        };
    }

    private Batch fillNow(Pass pass, int number) {
        long began = System.nanoTime();
        pass.fill(number, buffers.getFirst());
        waitedNanos += System.nanoTime() - began;
        return pass.filled(number, buffers.getFirst());
    }

    /** Ends the pass that is under way. */
    private boolean stop() {
        boolean ended = feed.map(Feed::stop).orElse(true);
        waitedNanos += feed.map(Feed::waitedNanos).orElse(0L);
        feed = Optional.empty();
        return ended;
    }
}
