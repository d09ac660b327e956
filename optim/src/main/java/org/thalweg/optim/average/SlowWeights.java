package org.thalweg.optim.average;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.schedule.Schedule;

/**
 * The slow weights of {@link Lookahead}, off the heap, which start as the weights are now. Call {@link #update} after each
 * step of the optimizer. Its threads are as the optimizer's: one at a time.
 */
public final class SlowWeights implements AutoCloseable {
    private final Lookahead lookahead;
    private final Optimizer synchronisation;
    private long steps;

    public SlowWeights(Lookahead lookahead, List<Parameter> parameters) {
        this(lookahead, parameters, new Execution());
    }

    /** Carried out as asked. */
    public SlowWeights(Lookahead lookahead, List<Parameter> parameters, Execution execution) {
        this.lookahead = lookahead;
        List<Parameter> alwaysActive = parameters.stream()
                .map(p -> p.requireFloat32("Lookahead"))
                .map(p -> Parameter.of(p.name(), p.value(), () -> Optional.of(p.value()), p.shape()))
                .toList();
        this.synchronisation = Optimizer.of(
                List.of(new ParameterGroup("lookahead", lookahead.synchronisation(), alwaysActive)),
                Schedule.constant(1),
                execution);
    }

    /** Counts a step, and after each {@code every} of them moves the slow weights and sets the weights to them. */
    public void update() {
        steps++;
        if (steps % lookahead.every() == 0) {
            synchronisation.step();
        }
    }

    /** A copy of the slow weights and the count of steps. */
    public OptimizerState state() {
        return new OptimizerState(steps, synchronisation.state().tensors());
    }

    /**
     * Goes on from a saved state; the weights themselves are the caller's to restore.
     *
     * @throws IllegalArgumentException if the state is not of these parameters; nothing is changed then
     */
    public void restore(OptimizerState saved) {
        synchronisation.restore(saved);
        steps = saved.steps();
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        synchronisation.close();
    }
}
