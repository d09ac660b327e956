package org.thalweg.train.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What went on inside a network in one step.
 *
 * @param step from 1
 * @param ratios of each parameter, by name, from the input on: the Euclidean norm of its gradient over that of its value
 * @param activations of each layer's outputs, by the layer's name, from the input on
 */
public record LayerStatistics(
        long step, SequencedMap<String, Double> ratios, SequencedMap<String, Moments> activations) {
    /**
     * How a layer's outputs are spread, over all examples of a batch and all their numbers.
     *
     * @param mean their mean
     * @param variance their mean squared distance from it
     */
    public record Moments(double mean, double variance) {}

    public LayerStatistics {
        ratios = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ratios));
        activations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(activations));
    }

    /** A line for {@code metrics.jsonl}; numbers that are not finite are left out, as JSON has none. */
    public Map<String, Object> json() {
        Map<String, Object> finite = new LinkedHashMap<>();
        ratios.forEach((name, ratio) -> {
            if (Double.isFinite(ratio)) {
                finite.put(name, ratio);
            }
        });
        Map<String, Object> moments = new LinkedHashMap<>();
        activations.forEach((name, spread) -> {
            if (Double.isFinite(spread.mean()) && Double.isFinite(spread.variance())) {
                moments.put(name, Map.of("mean", spread.mean(), "variance", spread.variance()));
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "layers");
        json.put("step", step);
        json.put("ratios", finite);
        json.put("activations", moments);
        return json;
    }
}
