package org.thalweg.lab.bench;

import org.thalweg.optim.Cost;
import org.thalweg.optim.Precision;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.rule.Rule;

/**
 * How the numbers of a step lie in memory.
 *
 * @param parameters and their gradients
 * @param state of the rule
 */
public record Formats(Precision parameters, StateFormat state) {
    /** All of it float32. */
    static final Formats FLOAT32 = new Formats(Precision.FLOAT32, StateFormat.FLOAT32);

    /** Bytes that a step of the rule moves for each parameter. */
    int bytesPerParameter(Rule rule) {
        return Cost.of(rule, parameters, state).bytesPerParameter();
    }
}
