package org.thalweg.optim;

import java.util.List;
import org.thalweg.optim.rule.Rule;

/**
 * Parameters that share a rule and a multiple of the optimizer's rate. Groups whose rules differ in numbers alone share their
 * compiled kernels.
 *
 * @param name for messages and saved state
 * @param rateMultiplier what the scheduled rate is multiplied by, 0 or more
 */
public record ParameterGroup(String name, Rule rule, double rateMultiplier, List<Parameter> parameters) {
    public ParameterGroup {
        if (!(rateMultiplier >= 0 && rateMultiplier < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the rate multiplier of group %s must be 0 or more, not %s".formatted(name, rateMultiplier));
        }
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("group " + name + " has no parameters: leave it out");
        }
    }

    /** A group at the optimizer's own rate. */
    public ParameterGroup(String name, Rule rule, List<Parameter> parameters) {
        this(name, rule, 1, parameters);
    }
}
