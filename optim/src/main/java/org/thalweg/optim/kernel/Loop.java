package org.thalweg.optim.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * The body of one fused loop: what happens to element {@code i} of every array. Two equal loops share their kernel, whatever
 * the values of their scalars.
 *
 * @param ops in order; operands are positions in this list
 * @param scalars how many host scalars it takes
 * @param sums how many sums it gathers
 */
record Loop(List<Op> ops, int scalars, int sums) {
    Loop {
        ops = List.copyOf(ops);
    }

    /** The arrays it reads or writes, ascending. */
    List<Integer> arrays() {
        return Stream.concat(reads(), writes()).distinct().sorted().toList();
    }

    /** Bytes that it moves between memory and the processor for each element with its arrays in the given places. */
    int bytesPerElement(List<Place> places) {
        return Stream.concat(reads(), writes())
                .mapToInt(array -> places.get(array).bytes())
                .sum();
    }

    Stream<Integer> reads() {
        return ops.stream().filter(Op.Load.class::isInstance).map(op -> ((Op.Load) op).array());
    }

    Stream<Integer> writes() {
        return ops.stream().filter(Op.Store.class::isInstance).map(op -> ((Op.Store) op).array());
    }
}
