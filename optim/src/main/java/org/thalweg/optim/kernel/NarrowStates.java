package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * States that are stored in two bytes a number. A chunk at a time is widened into arrays that stay in the cache, worked on by
 * the kernel that float32 states have, and narrowed again: memory sees two bytes, kernels see float32, and no kernel needs to know.
 */
final class NarrowStates {
    /** A multiple of {@link Kernel#LANES}; two states of it are 64 KB. */
    private static final int CHUNK = 8192;

    private final List<MemorySegment> states;
    private final Storage storage;
    private final int[] keys;
    private boolean vectors;

    NarrowStates(List<MemorySegment> states, Storage storage) {
        this.states = states;
        this.storage = storage;
        this.keys = new int[states.size()];
    }

    /** Draws what this step's random numbers depend on beside the element: SplitMix64's finaliser (Steele et al., 2014). */
    void beginStep(long tensor, long step, boolean withVectors) {
        vectors = withVectors;
        for (int state = 0; state < keys.length; state++) {
            long x = (tensor * keys.length + state) * 0x9E37_79B9_7F4A_7C15L + step * 0xD1B5_4A32_D192_ED03L;
            x = (x ^ x >>> 30) * 0xBF58_476D_1CE4_E5B9L;
            x = (x ^ x >>> 27) * 0x94D0_49BB_1331_11EBL;
            keys[state] = (int) (x ^ x >>> 31);
        }
    }

    /** {@link Kernel#run} of a phase; parameter and gradient are in {@code arrays}, the places of states are free there. */
    void run(
            Plan.Phase phase,
            Kernel kernel,
            Object[] arrays,
            long[] offsets,
            long base,
            int count,
            float[] slots,
            double[] sums) {
        float[][] wide = new float[states.size()][Math.min(count, CHUNK)];
        Object[] withStates = arrays.clone();
        System.arraycopy(wide, 0, withStates, Op.FIRST_STATE, wide.length);
        long[] withOffsets = offsets.clone();
        double[] chunkSums = new double[sums.length];
        for (int done = 0; done < count; done += CHUNK) {
            long start = base + done;
            int length = Math.min(CHUNK, count - done);
            Arrays.fill(withOffsets, Op.FIRST_STATE, withOffsets.length, -start);
            for (int state : phase.statesRead()) {
                widen(state, start, length, wide[state]);
            }
            kernel.run(withStates, withOffsets, start, length, slots, chunkSums);
            for (int state : phase.statesWritten()) {
                narrow(state, start, length, wide[state]);
            }
            addAndClear(chunkSums, sums);
        }
    }

    private void widen(int state, long base, int count, float[] to) {
        if (vectors) {
            BFloat16Vectors.widen(states.get(state), base, count, to);
        } else {
            BFloat16.widen(states.get(state), base, 0, count, to);
        }
    }

    private void narrow(int state, long base, int count, float[] from) {
        MemorySegment target = states.get(state);
        boolean atRandom = storage == Storage.BFLOAT16_STOCHASTIC;
        if (vectors && atRandom) {
            BFloat16Vectors.narrowAtRandom(from, count, target, base, keys[state]);
        } else if (vectors) {
            BFloat16Vectors.narrow(from, count, target, base);
        } else if (atRandom) {
            BFloat16.narrowAtRandom(from, 0, count, target, base, keys[state]);
        } else {
            BFloat16.narrow(from, 0, count, target, base);
        }
    }

    private static void addAndClear(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
            from[i] = 0;
        }
    }
}
