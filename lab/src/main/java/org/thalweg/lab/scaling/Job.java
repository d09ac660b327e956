package org.thalweg.lab.scaling;

import org.thalweg.train.noise.Tradeoff;

/**
 * The training's side of a forecast.
 *
 * @param cost of a step on one worker
 * @param gradientBytes sent by a worker in a step, above 0
 * @param examples in an epoch, at least 1
 * @param reached what a run needed to get where it is to go
 * @param tradeoff how steps change with the batch
 */
public record Job(StepCost cost, double gradientBytes, int examples, Reached reached, Tradeoff tradeoff) {
    /**
     * How long a way was.
     *
     * @param steps at least 1
     * @param batch examples in each
     * @param words what was reached
     */
    public record Reached(long steps, int batch, String words) {}

    /** Steps to the same place in batches of another size. */
    double steps(int batch) {
        return tradeoff.steps(batch, reached.batch(), reached.steps());
    }
}
