package org.thalweg.optim.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.random.Normal;
import org.thalweg.optim.random.NormalVectors;

/**
 * The noise of a tensor. A chunk at a time it is made in arrays that stay in the cache, beside the kernel, which loads it like
 * any other array; memory never sees it.
 */
final class NoiseArrays {
    /**
     * A multiple of {@link Kernel#LANES} and of what noise is made in. So short that the processor looks ahead into the kernel's
     * memory while it makes noise; half as long or twice, and a step takes longer.
     */
    private static final int CHUNK = 256;

    private final List<Noise> noises;
    private final long tensor;
    private final int firstArray;
    private final long[] keys;
    private boolean vectors;

    /**
     * The noise of a tensor.
     *
     * @param tensor the tensor's own number
     * @param firstArray the number of the first noise among the arrays
     */
    NoiseArrays(List<Noise> noises, long tensor, int firstArray) {
        this.noises = List.copyOf(noises);
        this.tensor = tensor;
        this.firstArray = firstArray;
        this.keys = new long[noises.size()];
    }

    /**
     * Says which step is next.
     *
     * @param step from 1
     * @param withVectors whether to use vector instructions
     */
    void beginStep(long step, boolean withVectors) {
        vectors = withVectors;
        Arrays.setAll(keys, i -> noises.get(i).key(tensor, step));
    }

    /**
     * {@link Kernel#run}; the places of noise are free in {@code arrays}.
     *
     * @param needed the arrays of noise that the kernel reads
     */
    void run(
            int[] needed,
            Kernel kernel,
            Object[] arrays,
            long[] offsets,
            long base,
            int count,
            float[] slots,
            double[] sums,
            int key) {
        Object[] all = arrays.clone();
        long[] allOffsets = offsets.clone();
        float[][] made = IntStream.of(needed)
                .mapToObj(_ -> new float[Math.min(count, CHUNK)])
                .toArray(float[][]::new);
        double[] chunkSums = new double[sums.length];
        for (int done = 0; done < count; done += CHUNK) {
            long start = base + done;
            int length = Math.min(CHUNK, count - done);
            for (int i = 0; i < needed.length; i++) {
                make(keys[needed[i] - firstArray], start, length, made[i]);
                all[needed[i]] = made[i];
                allOffsets[needed[i]] = -start;
            }
            kernel.run(all, allOffsets, start, length, slots, chunkSums, key);
            addAndClear(chunkSums, sums);
        }
    }

    private void make(long key, long start, int count, float[] to) {
        if (vectors) {
            NormalVectors.fill(key, start, count, to);
        } else {
            Normal.fill(key, start, 0, count, to);
        }
    }

    private static void addAndClear(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
            from[i] = 0;
        }
    }
}
