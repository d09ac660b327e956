package org.thalweg.train;

import java.util.List;

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

    /** What is watched, turned so that less is better. */
    double cost(Score score) {
        if (metric.equals(LOSS)) {
            return score.loss();
        }
        Double value = score.metrics().get(metric);
        if (value == null) {
            throw new IllegalArgumentException("there is no metric '%s' for this task; choose loss or one of %s"
                    .formatted(metric, score.metrics().keySet()));
        }
        return LESS_IS_BETTER.contains(metric) ? value : -value;
    }
}
