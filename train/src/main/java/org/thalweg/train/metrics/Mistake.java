package org.thalweg.train.metrics;

import java.util.List;

/** An example that the model did badly on. */
public sealed interface Mistake {
    /** The example's place in its part of the data, from 0. */
    int example();

    /** What it costs, the larger the worse: cross-entropy in nats, or the mean squared error. */
    double loss();

    /**
     * The wrong class was told.
     *
     * @param loss cross-entropy of the outputs' softmax, in nats, whatever loss the run trained with
     * @param truth the right class
     * @param predicted the class that was told
     * @param probability what softmax gives the predicted class, 0 to 1
     */
    record WrongClass(int example, double loss, int truth, int predicted, double probability) implements Mistake {}

    /**
     * A number far off was told.
     *
     * @param loss mean squared error over the outputs
     * @param truth the right numbers
     * @param predicted what was told
     */
    record FarOff(int example, double loss, List<Double> truth, List<Double> predicted) implements Mistake {
        public FarOff {
            truth = List.copyOf(truth);
            predicted = List.copyOf(predicted);
        }
    }
}
