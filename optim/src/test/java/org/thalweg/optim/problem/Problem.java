package org.thalweg.optim.problem;

/** Something to minimise whose minimum is known. */
public interface Problem {
    /** Where to start. */
    float[] start();

    /** How the numbers are arranged. */
    long[] shape();

    /** Writes the gradient that is seen in a step counted from 0. */
    void gradient(float[] at, int step, float[] gradient);

    /** How far away the minimum is, with 1 at the start. */
    double left(float[] at);
}
