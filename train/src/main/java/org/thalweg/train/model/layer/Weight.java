package org.thalweg.train.model.layer;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A tensor that a layer has.
 *
 * @param name within the layer, as libtorch's own modules name it
 * @param shape each at least 1; none for a scalar
 * @param start what it is before training
 * @param trained whether an optimizer updates it, or the layer itself, as running statistics
 */
public record Weight(String name, List<Long> shape, Start start, boolean trained) {
    private static final long MOST_NUMBERS = Integer.MAX_VALUE;

    public Weight {
        shape = List.copyOf(shape);
        if (shape.stream().reduce(MOST_NUMBERS, (room, size) -> room / Math.max(size, 1)) == 0) {
            throw new Misfit("would need a %s of %s numbers, more than the %,d that fit", name, shape, MOST_NUMBERS);
        }
    }

    static Weight trained(String name, Start start, long... shape) {
        return new Weight(name, LongStream.of(shape).boxed().toList(), start, true);
    }

    static Weight kernel(String name, long... shape) {
        return trained(name, new Start.Kernel(), shape);
    }

    static Weight bias(String name, long size, long fanIn) {
        return trained(name, new Start.Bias(fanIn), size);
    }

    static Weight constant(String name, double value, long... shape) {
        return trained(name, new Start.Constant(value), shape);
    }

    static Weight statistic(String name, double value, long size) {
        return new Weight(name, List.of(size), new Start.Constant(value), false);
    }

    static Weight count(String name) {
        return new Weight(name, List.of(), new Start.Count(), false);
    }

    /** Numbers in it. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The sizes of its dimensions. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
