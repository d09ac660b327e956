package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that an optimizer remembers between steps, copied out of it.
 *
 * @param steps completed steps
 * @param tensors state by parameter and by name of the state, row-major
 * @param scalars numbers of a tensor as a whole by parameter and by name; parameters without any may be left out
 */
public record OptimizerState(
        long steps, Map<String, Map<String, float[]>> tensors, Map<String, Map<String, Double>> scalars) {
    public OptimizerState {
        if (steps < 0) {
            throw new IllegalArgumentException("an optimizer cannot have made " + steps + " steps");
        }
        Map<String, Map<String, float[]>> tensorsCopy = new LinkedHashMap<>();
        tensors.forEach((parameter, states) -> {
            Map<String, float[]> inner = new LinkedHashMap<>();
            states.forEach((name, values) -> inner.put(name, values.clone()));
            tensorsCopy.put(parameter, inner);
        });
        Map<String, Map<String, Double>> scalarsCopy = new LinkedHashMap<>();
        scalars.forEach((parameter, states) -> scalarsCopy.put(parameter, new LinkedHashMap<>(states)));
        tensors = tensorsCopy;
        scalars = scalarsCopy;
    }

    /** The state of a rule that keeps nothing but tensors. */
    public OptimizerState(long steps, Map<String, Map<String, float[]>> tensors) {
        this(steps, tensors, Map.of());
    }
}
