package org.thalweg.train.curvature;

/** A loss as a function of a vector of weights, with its slope: what one can walk about in. */
public interface LossSurface {
    /**
     * The loss at a place, and where it rises from there.
     *
     * @param loss not finite where there is none
     * @param gradient as long as the vector of weights
     */
    @SuppressWarnings("ArrayRecordComponent") // millions of numbers
    record Slope(double loss, double[] gradient) {}

    /** The number of weights. */
    int size();

    /** The loss with these weights. */
    double loss(double[] weights);

    /** The loss with these weights, and its gradient. */
    Slope slope(double[] weights);
}
