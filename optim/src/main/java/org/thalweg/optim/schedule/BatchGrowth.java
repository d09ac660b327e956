package org.thalweg.optim.schedule;

import java.util.List;

/**
 * "Don't decay the learning rate, increase the batch size": two schedules that together do to the noise of the gradients what a
 * decaying rate would, in fewer updates.
 *
 * <p>The scale of the noise is about {@code rate * examples / batch} (Smith and Le), so that a batch ten times as large does
 * what a tenth of the rate does: Smith, Kindermans, Ying and Le, Don't Decay the Learning Rate, Increase the Batch Size, ICLR
 * 2018, section 5.1. Once the batch is as large as it can be, the rate falls after all (the paper's hybrid).
 *
 * @param batch the batch size by step, whole numbers
 * @param rate the learning rate by step
 */
public record BatchGrowth(Schedule batch, Schedule rate) {
    /**
     * What to do instead of a staircase of rates. Every stair sees as many examples as before, so that a larger batch spends
     * fewer steps on it, rounded up; {@code rate / batch} is on every stair what it would have been, to the last example.
     *
     * @param decay the staircase as it would be at the small batch, with a factor of at most 1
     * @param batch the small batch size, at least 1
     * @param most the largest batch size, at least {@code batch}
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static BatchGrowth insteadOf(MultiStep decay, long batch, long most) {
        Arguments.require(decay.factor() <= 1, "factor", "at most 1, for batches that grow", decay.factor());
        Arguments.requireAtLeast("batch", 1, batch);
        Arguments.require(most >= batch, "most", "at least the first batch", most);
        Schedule batches = new Constant(batch);
        Schedule rates = new Constant(decay.rate());
        List<Long> milestones = decay.milestones();
        double seen = 0; // steps so far, of the growing batches
        for (int stair = 1; stair <= milestones.size(); stair++) {
            long length = milestones.get(stair - 1) - (stair == 1 ? 0 : milestones.get(stair - 2));
            seen += Math.ceil((double) length * batch / size(decay, stair - 1, batch, most));
            long size = size(decay, stair, batch, most);
            double rate = decay.at(milestones.get(stair - 1)) * size / batch;
            batches = batches.then((long) seen, new Constant(size));
            rates = rates.then((long) seen, new Constant(rate));
        }
        return new BatchGrowth(batches, rates);
    }

    private static long size(MultiStep decay, int stair, long batch, long most) {
        return (long) Math.min(most, Math.rint(batch * Math.pow(decay.factor(), -stair)));
    }
}
