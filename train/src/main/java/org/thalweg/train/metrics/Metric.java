package org.thalweg.train.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.train.data.Task;

/** A number that says how good answers are, gathered batch after batch. */
public interface Metric {
    /** What it is called in files and on the screen, such as {@code accuracy}. */
    String name();

    /** Takes a batch into account. */
    void add(Answers answers);

    /** The value over all that was added; NaN before anything was. */
    double value();

    /**
     * What is measured for a task, beside the loss: accuracy for classes, and top-5 where there are more than five; accuracy and
     * perplexity for tokens; R2 for numbers.
     */
    static List<Metric> of(Task task) {
        return switch (task) {
            case Task.Classification(int classes) ->
                IntStream.of(1, 5)
                        .filter(k -> k == 1 || k < classes)
                        .<Metric>mapToObj(TopAccuracy::new)
                        .toList();
            case Task.NextToken _ -> List.of(new TopAccuracy(1), new Perplexity());
            case Task.Regression(int outputs) -> List.of(new RSquared(outputs));
        };
    }
}
