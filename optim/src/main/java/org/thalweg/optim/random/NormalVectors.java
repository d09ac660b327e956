package org.thalweg.optim.random;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Normal} with vector instructions: whole blocks here, what is left over there. */
public final class NormalVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = Math.min(FLOATS.length(), Normal.HALF);

    /** One loop over numbers that stay in the cache: bits become radii and angles, and these the normal numbers. */
    private interface Stage {
        void run(long key, long first, int from, int to, float[] numbers);
    }

    /**
     * One after the other. Three kinds behind one call are not inlined into it; if they were, the method would be longer than the
     * JVM's compiler makes vector instructions of, and ten times slower. So it stays an array, which no compiler sees through.
     */
    private static final Stage[] STAGES = {NormalVectors::bits, NormalVectors::radii, NormalVectors::numbers};

    private NormalVectors() {}

    /** Puts the numbers of the places from {@code first} on into {@code to[0]} up to {@code to[count - 1]}. */
    public static void fill(long key, long first, int count, float[] to) {
        int start = Math.min(count, (int) (-first & (Normal.BLOCK - 1)));
        int end = count - (count - start) % Normal.BLOCK;
        for (Stage stage : STAGES) {
            stage.run(key, first, start, end, to);
        }
        Normal.fill(key, first, 0, start, to);
        Normal.fill(key, first, end, count, to);
    }

    /** Puts the bits of each place there, as they are. */
    private static void bits(long key, long first, int from, int to, float[] numbers) {
        IntVector counters = CounterVectors.counters(key, first + from);
        for (int i = from; i < to; i += FLOATS.length()) {
            CounterVectors.bits(key, counters).reinterpretAsFloats().intoArray(numbers, i);
            counters = counters.add(CounterVectors.STRIDE);
        }
    }

    /** Turns the bits of the first of each pair to radii. */
    private static void radii(long key, long first, int from, int to, float[] numbers) {
        for (int half = from; half < from + Normal.HALF; half += WIDTH) {
            for (int i = half; i < to; i += Normal.BLOCK) {
                radius(loaded(numbers, i)).intoArray(numbers, i);
            }
        }
    }

    private static IntVector loaded(float[] numbers, int i) {
        return FloatVector.fromArray(FLOATS, numbers, i).reinterpretAsInts();
    }

    private static FloatVector radius(IntVector bits) {
        FloatVector u = converted(bits.lanewise(VectorOperators.LSHR, 1)).fma(all(Normal.UNIT_31), all(Normal.MIDDLE));
        IntVector raw = u.reinterpretAsInts();
        IntVector exponent = raw.sub(Normal.ROOT_HALF).lanewise(VectorOperators.ASHR, Normal.MANTISSA);
        FloatVector f = raw.sub(exponent.lanewise(VectorOperators.LSHL, Normal.MANTISSA))
                .reinterpretAsFloats()
                .sub(1);
        FloatVector p = all(Normal.L6).fma(f, all(Normal.L5));
        p = p.fma(f, all(Normal.L4));
        p = p.fma(f, all(Normal.L3));
        p = p.fma(f, all(Normal.L2));
        p = p.fma(f, all(Normal.L1));
        p = p.fma(f, all(Normal.L0));
        return converted(exponent).fma(all(Normal.MINUS_TWO_LN_2), p.mul(f)).sqrt();
    }

    /** Turns each pair's radius and the bits of its angle to its numbers. */
    private static void numbers(long key, long first, int from, int to, float[] numbers) {
        for (int half = from; half < from + Normal.HALF; half += WIDTH) {
            for (int i = half; i < to; i += Normal.BLOCK) {
                IntVector turn = loaded(numbers, i + Normal.HALF);
                IntVector sign = turn.lanewise(VectorOperators.LSHL, Integer.SIZE - 1);
                FloatVector radius =
                        loaded(numbers, i).lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
                FloatVector x = converted(turn).mul(Normal.HALF_TURN);
                FloatVector t = x.mul(x);
                radius.mul(cosine(t)).intoArray(numbers, i);
                radius.mul(sineOverX(t).mul(x)).intoArray(numbers, i + Normal.HALF);
            }
        }
    }

    private static FloatVector sineOverX(FloatVector t) {
        FloatVector p = all(Normal.S3).fma(t, all(Normal.S2));
        p = p.fma(t, all(Normal.S1));
        return p.fma(t, all(Normal.S0));
    }

    private static FloatVector cosine(FloatVector t) {
        FloatVector p = all(Normal.C4).fma(t, all(Normal.C3));
        p = p.fma(t, all(Normal.C2));
        p = p.fma(t, all(Normal.C1));
        return p.fma(t, all(Normal.C0));
    }

    private static FloatVector converted(IntVector x) {
        return (FloatVector) x.convert(VectorOperators.I2F, 0);
    }

    private static FloatVector all(float number) {
        return FloatVector.broadcast(FLOATS, number);
    }
}
