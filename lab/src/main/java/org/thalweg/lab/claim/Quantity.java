package org.thalweg.lab.claim;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A number that was measured for each seed.
 *
 * @param name what it is
 * @param unit empty for none
 * @param values by seed; those that are not finite are told as such
 */
public record Quantity(String name, String unit, List<Double> values) {
    public Quantity {
        values = List.copyOf(values);
    }

    /** One number of each measurement. */
    public static <M> Quantity of(String name, String unit, List<M> measured, ToDoubleFunction<M> number) {
        return new Quantity(
                name, unit, measured.stream().map(number::applyAsDouble).toList());
    }

    /** The mean over the seeds. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The standard deviation between seeds; 0 of one. */
    public double deviation() {
        double mean = mean();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }
}
