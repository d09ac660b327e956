package org.thalweg.optim.schedule;

/**
 * The value of a hyperparameter as a pure function of the step.
 *
 * <p>Steps count from 0: {@code at(0)} is the value that the first update uses. A schedule can be asked for any step
 * without being stepped through, so that resuming at step {@code n} needs nothing but {@code n}.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The value that update number {@code step} uses.
     *
     * @param step completed updates so far, from 0
     */
    double at(long step);
}
