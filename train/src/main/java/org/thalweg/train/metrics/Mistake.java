package org.thalweg.train.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.train.data.Standardisation;

/** An example that the model did badly on. */
public sealed interface Mistake {
    /** The example's place in its part of the data, from 0. */
    int example();

    /** What it costs, the larger the worse: cross-entropy in nats, or the mean squared error. */
    double loss();

    /** The same in the data's own units, where numbers were standardised; the loss stays what the model was trained on. */
    default Mistake undo(Standardisation scale) {
        return switch (this) {
            case WrongClass wrong -> wrong;
            case FarOff(int example, double loss, var truth, var predicted) ->
                new FarOff(example, loss, undone(scale, truth), undone(scale, predicted));
        };
    }

    private static List<Double> undone(Standardisation scale, List<Double> numbers) {
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> scale.undo(i, numbers.get(i)))
                .toList();
    }

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
