package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link BFloat16} with vector instructions: whole vectors here, the elements that are left there. */
final class BFloat16Vectors {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.length() * Short.SIZE));

    private BFloat16Vectors() {}

    static void widen(MemorySegment source, long base, int count, float[] to) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += FLOATS.length()) {
            IntVector bits = (IntVector) ShortVector.fromMemorySegment(SHORTS, source, (base + i) * Short.BYTES, ORDER)
                    .convertShape(VectorOperators.S2I, INTS, 0);
            bits.lanewise(VectorOperators.LSHL, BFloat16.HALF)
                    .reinterpretAsFloats()
                    .intoArray(to, i);
        }
        BFloat16.widen(source, base, bound, count, to);
    }

    static void narrow(float[] from, int count, MemorySegment target, long base) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += FLOATS.length()) {
            FloatVector value = FloatVector.fromArray(FLOATS, from, i);
            IntVector bits = value.reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, BFloat16.HALF).and(1);
            cut(value, bits.add(odd).add(BFloat16.JUST_BELOW_HALF), target, (base + i) * Short.BYTES);
        }
        BFloat16.narrow(from, bound, count, target, base);
    }

    static void narrowAtRandom(float[] from, int count, MemorySegment target, long base, int key) {
        int bound = FLOATS.loopBound(count);
        for (int i = 0; i < bound; i += FLOATS.length()) {
            FloatVector value = FloatVector.fromArray(FLOATS, from, i);
            IntVector random = random((int) (base + i), key).and(BFloat16.LOWER_HALF);
            cut(value, value.reinterpretAsInts().add(random), target, (base + i) * Short.BYTES);
        }
        BFloat16.narrowAtRandom(from, bound, count, target, base, key);
    }

    private static void cut(FloatVector value, IntVector rounded, MemorySegment target, long offset) {
        VectorMask<Integer> nan = value.test(VectorOperators.IS_NAN).cast(INTS);
        IntVector bits = rounded.blend(value.reinterpretAsInts().or(BFloat16.QUIET), nan);
        ShortVector upper = (ShortVector)
                bits.lanewise(VectorOperators.LSHR, BFloat16.HALF).convertShape(VectorOperators.I2S, SHORTS, 0);
        upper.intoMemorySegment(target, offset, ORDER);
    }

    private static IntVector random(int first, int key) {
        IntVector x =
                IntVector.broadcast(INTS, first).addIndex(1).mul(BFloat16.WEYL).add(key);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(BFloat16.FIRST_FACTOR);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 13))
                .mul(BFloat16.SECOND_FACTOR);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }
}
