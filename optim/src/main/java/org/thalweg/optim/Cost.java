package org.thalweg.optim;

import org.thalweg.optim.kernel.TensorGroup;
import org.thalweg.optim.rule.Rule;

/**
 * What a rule costs, counted on its compiled form. A step is bound by memory, so its bytes over the machine's copy speed say
 * how long it takes at least.
 *
 * @param bytesPerParameter moved between memory and processor in one step, for each parameter
 * @param stateBytesPerParameter kept between steps, for each parameter
 * @param passes over memory in one step: one more than there are dependent reductions
 */
public record Cost(int bytesPerParameter, int stateBytesPerParameter, int passes) {
    /** Counts a rule's cost with state in float32. */
    public static Cost of(Rule rule) {
        return of(rule, StateFormat.FLOAT32);
    }

    /** Counts a rule's cost with parameters in float32. */
    public static Cost of(Rule rule, StateFormat format) {
        return of(rule, Precision.FLOAT32, format);
    }

    /** Counts a rule's cost; a parameter that is not float32 has a float32 copy among its state. */
    public static Cost of(Rule rule, Precision parameters, StateFormat format) {
        var program = rule.program();
        int master = parameters == Precision.FLOAT32 ? 0 : Float.BYTES;
        return new Cost(
                TensorGroup.bytesPerParameter(program, parameters.storage(), format.storage()),
                program.states().size() * format.bytes() + master,
                TensorGroup.passes(program));
    }
}
