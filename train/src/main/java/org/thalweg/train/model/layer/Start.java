package org.thalweg.train.model.layer;

/** What a weight is before training. */
public sealed interface Start {
    /** As the model's initialisation says for a matrix or the kernels of a convolution. */
    record Kernel() implements Start {}

    /**
     * As the model's initialisation says for the shifts after a matrix.
     *
     * @param fanIn numbers that each output of the matrix sums up
     */
    record Bias(long fanIn) implements Start {}

    /** All the same. */
    record Constant(double value) implements Start {}

    /** Uniform in plus or minus the bound. */
    record Uniform(double bound) implements Start {}

    /** Normal with mean 0. */
    record Normal(double deviation) implements Start {}

    /** A whole number that starts at 0. */
    record Count() implements Start {}

    /** As stored in the file that the layer comes from. */
    record Stored() implements Start {}
}
