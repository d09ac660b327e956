package org.thalweg.optim;

import java.util.function.UnaryOperator;

/**
 * How steps are carried out. No choice of threads and kernels changes a result by a single bit.
 *
 * @param threads how many threads share a step at most, 1 or more
 * @param kernels which kernels to compile
 * @param totals from this optimizer's sums over all its parameters to those over the parameters of all optimizers that step
 *     together, each with some of a model's parameters; called once for each such sum's wait in a step, on any thread
 */
public record Execution(int threads, Kernels kernels, UnaryOperator<double[]> totals) {
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

    /** An optimizer that has all parameters. */
    public Execution(int threads, Kernels kernels) {
        this(threads, kernels, UnaryOperator.identity());
    }

    /** All processors and vector instructions. */
    public Execution() {
        this(Runtime.getRuntime().availableProcessors(), Kernels.VECTOR);
    }
}
