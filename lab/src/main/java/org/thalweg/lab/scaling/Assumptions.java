package org.thalweg.lab.scaling;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a plan rests on, in words.
 *
 * @param parameters numbers in a gradient
 * @param bytesPerNumber that are sent
 * @param measured whether steps were timed on this machine, and not given
 * @param runSeconds the median of the run's own steps
 * @param noise the gradient noise scale, and where it is from
 */
record Assumptions(
        Job job,
        Cluster cluster,
        long parameters,
        int bytesPerNumber,
        Calibration costs,
        boolean measured,
        double runSeconds,
        String noise) {
    private static final double GIGABITS = 8e-9;

    /** A sentence each. */
    List<String> sentences() {
        return List.of(
                computing(),
                steps(),
                gradients(),
                hiding(),
                "The gradient noise scale is %s, the same all the way, and the rate is tuned for each batch size"
                                .formatted(noise)
                        + " (McCandlish, Kaplan and Amodei, 2018, eq. 2.11).",
                machines(),
                "Data is there when it is wanted; scores and checkpoints are not counted.");
    }

    private String computing() {
        String points = costs.points().stream()
                .map(point -> "%,d in %s".formatted(point.examples(), Quantity.timeText(point.seconds())))
                .collect(Collectors.joining(", "));
        String line = "%s and %s for each example forward and backward, and %s for the update"
                .formatted(
                        Quantity.timeText(costs.cost().fixed()),
                        Quantity.timeText(costs.cost().perExample()),
                        Quantity.timeText(costs.cost().update()));
        return measured
                ? "A worker computes with %d %s of this machine: %s, a line through what was measured now (%s)."
                        .formatted(cluster.threads(), cluster.threads() == 1 ? "thread" : "threads", line, points)
                : "A worker computes in the times given (%s): %s.".formatted(points, line);
    }

    private String steps() {
        int batch = job.reached().batch();
        return "One worker's step on %,d examples is thus %s; the run's own took %s, with all that is around them."
                .formatted(
                        batch,
                        Quantity.timeText(job.cost().compute(batch) + job.cost().update()),
                        Quantity.timeText(runSeconds));
    }

    private String gradients() {
        return ("Gradients of %,d numbers, %d bytes each, are summed by %s all-reduce over links of %s latency and %.3g Gbit/s"
                        + " each way (alpha-beta-gamma model: Thakur, Rabenseifner and Gropp, 2005).")
                .formatted(
                        parameters,
                        bytesPerNumber,
                        cluster.allReduce().words(),
                        Quantity.timeText(cluster.link().latency()),
                        GIGABITS * cluster.link().bytesPerSecond());
    }

    private String hiding() {
        return ("They go out in buckets of %.3g MB while the layers before are still on their way back, which takes %.0f %% of"
                        + " computing; layers are taken to be alike.")
                .formatted(cluster.bucketBytes() / 1e6, 100 * job.cost().backward());
    }

    private String machines() {
        return cluster.cores() == 0
                ? "Every worker has a machine like this one to itself, and none is slower than the others."
                : "All workers share %d cores: where they want more, everything takes proportionally longer."
                        .formatted(cluster.cores());
    }
}
