package org.thalweg.lab.problem;

/** A description of a problem whose data are drawn from a seed. */
public sealed interface Drawn permits Logistic, Wilson, DeepQuadratic {
    /** Draws the data. */
    Problem draw();
}
