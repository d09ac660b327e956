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

    /** Counts a rule's cost. */
    public static Cost of(Rule rule, StateFormat format) {
        var program = rule.program();
        return new Cost(
                TensorGroup.bytesPerParameter(program, format.storage()),
                program.states().size() * format.bytes(),
                TensorGroup.passes(program));
    }
}
