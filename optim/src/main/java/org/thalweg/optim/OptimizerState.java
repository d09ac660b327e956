package org.thalweg.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that an optimizer remembers between steps, copied out of it.
 *
 * @param steps completed steps
 * @param tensors state by parameter and by name of the state, row-major
 */
public record OptimizerState(long steps, Map<String, Map<String, float[]>> tensors) {
    public OptimizerState {
        if (steps < 0) {
            throw new IllegalArgumentException("an optimizer cannot have made " + steps + " steps");
        }
        Map<String, Map<String, float[]>> copy = new LinkedHashMap<>();
        tensors.forEach((parameter, states) -> {
            Map<String, float[]> inner = new LinkedHashMap<>();
            states.forEach((name, values) -> inner.put(name, values.clone()));
            copy.put(parameter, inner);
        });
        tensors = copy;
    }
}
