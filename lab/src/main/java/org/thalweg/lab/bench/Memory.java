package org.thalweg.lab.bench;

import java.util.stream.IntStream;

/**
 * What the machine's memory gives when nothing is computed: the ceiling of every step. Two plain loops that the JVM turns into
 * vector code, over as many threads as the steps use, 8 bytes an element each.
 */
enum Memory {
    /** From one array to another. Writing to memory that was not read costs a read as well on most processors. */
    COPY {
        @Override
        void work(float[] from, float[] to, int start, int end) {
            System.arraycopy(from, start, to, start, end - start);
        }
    },
    /** Every element read and written back to its place, as a step does with parameters and state. */
    REWRITE {
        @Override
        void work(float[] from, float[] to, int start, int end) {
            for (int i = start; i < end; i++) {
                to[i] = to[i] * FACTOR;
            }
        }
    };

    static final int BYTES_PER_ELEMENT = 8;
    private static final float FACTOR = 0.999f;

    abstract void work(float[] from, float[] to, int start, int end);

    /** The loop over arrays of a size, shared by so many threads. */
    Subject over(float[] from, float[] to, int threads) {
        Memory loop = this;
        int part = Math.ceilDiv(to.length, threads);
        return new Subject() {
            @Override
            public String name() {
                return loop.name();
            }

            @Override
            public void run() {
                IntStream.range(0, threads)
                        .parallel()
                        .forEach(i -> loop.work(from, to, i * part, Math.min((i + 1) * part, to.length)));
            }
        };
    }
}
