package org.thalweg.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.thalweg.train.run.Document;

/**
 * How well a model does on some examples.
 *
 * @param loss mean loss; of cross-entropy in nats
 * @param metrics what else was measured, by name, such as {@code accuracy}
 */
public record Score(double loss, SequencedMap<String, Double> metrics) {
    /** The name of the share of examples whose highest score is the right class, 0 to 1. */
    public static final String ACCURACY = "accuracy";

    public Score {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /** The score of a classification. */
    public Score(double loss, double accuracy) {
        this(loss, new LinkedHashMap<>(Map.of(ACCURACY, accuracy)));
    }

    /** Share of examples whose highest score is the right class, 0 to 1; NaN where no classes are told apart. */
    public double accuracy() {
        return metrics.getOrDefault(ACCURACY, Double.NaN);
    }

    Map<String, Object> json() {
        return Document.fields("loss", loss, "metrics", metrics);
    }

    static Score read(Document json) {
        return new Score(json.number("loss"), json.object("metrics").numbers());
    }
}
