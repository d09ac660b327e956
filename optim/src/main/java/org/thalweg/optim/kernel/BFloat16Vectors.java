package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link BFloat16} for vectors. Called by compiled kernels with constant species; short, so that the JVM inlines it. */
final class BFloat16Vectors {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private BFloat16Vectors() {}

    static FloatVector load(
            VectorSpecies<Short> shorts, VectorSpecies<Integer> ints, MemorySegment segment, long offset) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(shorts, segment, offset, ORDER)
                .convertShape(VectorOperators.S2I, ints, 0);
        return bits.lanewise(VectorOperators.LSHL, BFloat16.HALF).reinterpretAsFloats();
    }

    static void store(FloatVector value, VectorSpecies<Short> shorts, MemorySegment segment, long offset) {
        IntVector bits = value.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, BFloat16.HALF).and(1);
        cut(value, bits.add(odd).add(BFloat16.JUST_BELOW_HALF), shorts, segment, offset);
    }

    static void storeAtRandom(
            FloatVector value, VectorSpecies<Short> shorts, MemorySegment segment, long offset, int key, int element) {
        IntVector bits = value.reinterpretAsInts();
        IntVector random = random(IntVector.broadcast(bits.species(), element), key);
        cut(value, bits.add(random.and(BFloat16.LOWER_HALF)), shorts, segment, offset);
    }

    private static void cut(
            FloatVector value, IntVector rounded, VectorSpecies<Short> shorts, MemorySegment segment, long offset) {
        VectorMask<Integer> nan = value.test(VectorOperators.IS_NAN).cast(rounded.species());
        IntVector bits = rounded.blend(value.reinterpretAsInts().or(BFloat16.QUIET), nan);
        ShortVector upper = (ShortVector)
                bits.lanewise(VectorOperators.LSHR, BFloat16.HALF).convertShape(VectorOperators.I2S, shorts, 0);
        upper.intoMemorySegment(segment, offset, ORDER);
    }

    private static IntVector random(IntVector first, int key) {
        IntVector x = first.addIndex(1).mul(BFloat16.WEYL).add(key);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(BFloat16.FIRST_FACTOR);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 13))
                .mul(BFloat16.SECOND_FACTOR);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }
}
