package org.thalweg.train;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.train.data.Task;
import org.thalweg.train.metrics.Metric;

/**
 * Ends a run when the validation part stops getting better, and brings the best epoch's weights back at the end, whether it ended
 * early or not (Prechelt, Early Stopping - But When?, 1998).
 *
 * @param patience epochs in a row that may fail to be better, at least 1
 * @param metric {@code loss}, or a metric of the task such as {@code accuracy}
 */
public record EarlyStopping(int patience, String metric) {
    /** The name of the loss among metrics. */
    static final String LOSS = "loss";

    /** Metrics of which less is better; of all others more is. */
    private static final List<String> LESS_IS_BETTER = List.of(LOSS, "perplexity");

    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("the patience must be at least 1 epoch, but is " + patience);
        }
        if (metric.isBlank()) {
            throw new IllegalArgumentException(
                    "early stopping watches a metric: loss, accuracy or another of the task");
        }
    }

    /** Watches the loss. */
    public EarlyStopping(int patience) {
        this(patience, LOSS);
    }

    /**
     * Checks that a task has the metric.
     *
     * @throws IllegalArgumentException if not
     */
    void check(Task task) {
        List<String> known = Stream.concat(
                        Stream.of(LOSS), Metric.of(task).stream().map(Metric::name))
                .toList();
        if (!known.contains(metric)) {
            throw new IllegalArgumentException("where the data asks for %s there is no metric '%s'; choose one of %s"
                    .formatted(task, metric, String.join(", ", known)));
        }
    }

    /** What is watched, turned so that less is better; not a number where it was not measured. */
    double cost(Score score) {
        if (metric.equals(LOSS)) {
            return score.loss();
        }
        double value = score.metrics().getOrDefault(metric, Double.NaN);
        return LESS_IS_BETTER.contains(metric) ? value : -value;
    }
}
