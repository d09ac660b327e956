package org.thalweg.train.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model answers to one input.
 *
 * @param label the class it belongs to; of a model that answers numbers, these as text
 * @param number the class's number, from 0; 0 for a model that answers numbers
 * @param probabilities of each class, in their order, adding up to 1: the softmax of the model's scores, which for a hinge loss
 *     ranks the classes but is no measured probability; empty for a model that answers numbers
 * @param values the numbers, in the data's own units; empty for a model that tells classes apart
 */
public record Prediction(String label, int number, List<Double> probabilities, List<Double> values) {
    public Prediction {
        probabilities = List.copyOf(probabilities);
        values = List.copyOf(values);
    }

    /** The probability of the class that it belongs to; NaN for a model that answers numbers. */
    public double probability() {
        return probabilities.isEmpty() ? Double.NaN : probabilities.get(number);
    }

    /** The numbers of the likeliest classes, the likeliest first. */
    public List<Integer> likeliest(int most) {
        return IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> probabilities.get(i))
                        .reversed())
                .limit(most)
                .toList();
    }
}
