package org.thalweg.optim;

/**
 * How steps are carried out. No choice here changes a result by a single bit.
 *
 * @param threads how many threads share a step at most, 1 or more
 * @param kernels which kernels to compile
 */
public record Execution(int threads, Kernels kernels) {
    /** The kinds of kernels. */
    public enum Kernels {
        /** With vector instructions if the Vector API is readable, otherwise scalar, which is logged once. */
        VECTOR,
        /** Without vector instructions. */
        SCALAR
    }

    public Execution {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, not " + threads);
        }
    }

    /** All processors and vector instructions. */
    public Execution() {
        this(Runtime.getRuntime().availableProcessors(), Kernels.VECTOR);
    }
}
