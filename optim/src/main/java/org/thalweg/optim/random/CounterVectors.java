package org.thalweg.optim.random;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Counter} with vector instructions. */
final class CounterVectors {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** From the counters of one vector to those of the next. */
    static final int STRIDE = INTS.length() * Counter.WEYL;

    private CounterVectors() {}

    /** The counters of the places from {@code first} on. */
    static IntVector counters(long key, long first) {
        return IntVector.broadcast(INTS, (int) first)
                .addIndex(1)
                .mul(Counter.WEYL)
                .add((int) key);
    }

    /** {@link Counter#bits} of each counter. */
    static IntVector bits(long key, IntVector counters) {
        IntVector x = folded(counters, Counter.FIRST_SHIFT)
                .mul(Counter.FIRST_FACTOR)
                .lanewise(VectorOperators.XOR, Counter.upperHalf(key));
        x = folded(x, Counter.SECOND_SHIFT).mul(Counter.SECOND_FACTOR);
        return folded(x, Counter.LAST_SHIFT);
    }

    private static IntVector folded(IntVector x, int shift) {
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, shift));
    }
}
