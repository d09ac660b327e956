package org.thalweg.lab.scaling;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a number of workers and a batch size come to.
 *
 * @param workers at least 1
 * @param batch examples in a step, of all workers together, at least one for each
 * @param compute seconds of a step forward, backward and for the update
 * @param communication seconds that a step's gradients take on their way
 * @param exposed seconds of these that a step waits
 * @param step seconds of a step
 * @param epoch seconds of an epoch
 * @param efficiency one worker's time for an epoch at this batch size, over what all these spend together, 0 to 1
 * @param steps to the target
 * @param target seconds to the target
 */
public record Forecast(
        int workers,
        int batch,
        double compute,
        double communication,
        double exposed,
        double step,
        double epoch,
        double efficiency,
        double steps,
        double target) {
    /**
     * Foresees it.
     *
     * @throws IllegalArgumentException if workers outnumber the examples of a batch, or a batch those of an epoch
     */
    public static Forecast of(Job job, Cluster cluster, int workers, int batch) {
        if (workers < 1 || batch < workers || batch > job.examples()) {
            throw new IllegalArgumentException(
                    "a batch has an example for each worker and at most the epoch's %,d, but %,d workers are to share %,d"
                            .formatted(job.examples(), workers, batch));
        }
        double both = cluster.crowding(workers) * job.cost().compute(Math.ceilDiv(batch, workers));
        double compute = both + cluster.crowding(workers) * job.cost().update();
        double exposed =
                cluster.exposed(workers, job.gradientBytes(), job.cost().backward() * both);
        double step = compute + exposed;
        double alone = job.cost().compute(batch) + job.cost().update();
        return new Forecast(
                workers,
                batch,
                compute,
                cluster.communication(workers, job.gradientBytes()),
                exposed,
                step,
                job.examples() / batch * step,
                alone / (workers * step),
                job.steps(batch),
                job.steps(batch) * step);
    }

    /** The batch size that gets to the target first, of those with an example for each worker. */
    public static Optional<Forecast> best(Job job, Cluster cluster, int workers, List<Integer> batches) {
        return batches.stream()
                .filter(batch -> batch >= workers && batch <= job.examples())
                .map(batch -> of(job, cluster, workers, batch))
                .min(Comparator.comparingDouble(Forecast::target));
    }
}
