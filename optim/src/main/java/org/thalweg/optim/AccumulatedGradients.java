package org.thalweg.optim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.optim.schedule.Schedule;

/**
 * The weighted sum of several micro-batches' gradients, for one step on what does not fit into memory at once. Make the
 * optimizer from {@link #parameters}, call {@link #add} after each micro-batch's backward pass, step, and {@link #clear}. The
 * rule sees the mean gradient only, so what it clips is clipped after accumulation.
 *
 * <p>The sums lie off the heap; adding is one fused pass. Used by one thread at a time.
 */
public final class AccumulatedGradients implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final List<Sum> sums = new ArrayList<>();
    private final Optimizer pass;
    private double share;

    /** A parameter, the sum of its gradients, the latest of them, and whether there was any. */
    private static final class Sum {
        final Parameter parameter;
        final MemorySegment memory;
        Optional<MemorySegment> latest = Optional.empty();
        boolean any;

        Sum(Parameter parameter, Arena arena) {
            this.parameter = parameter;
            this.memory = arena.allocate(parameter.size() * Float.BYTES, ALIGNMENT);
        }
    }

    public AccumulatedGradients(List<Parameter> parameters) {
        this(parameters, new Execution());
    }

    /** Carried out as asked. */
    public AccumulatedGradients(List<Parameter> parameters, Execution execution) {
        parameters.forEach(parameter -> sums.add(new Sum(parameter, arena)));
        // To an optimizer, a sum is a parameter that goes up along the gradients, with their share as the rate.
        List<Parameter> rising = sums.stream()
                .map(sum -> sum.parameter.likeThis(sum.memory, () -> sum.latest))
                .toList();
        Schedule shares = _ -> share;
        pass = Optimizer.of(
                List.of(new ParameterGroup("accumulation", (g, _) -> g.negated(), rising)), shares, execution);
    }

    /** The same parameters with the sums as their gradients; one that had none since the last clearing has none here. */
    public List<Parameter> parameters() {
        return sums.stream()
                .map(sum -> sum.parameter.withGradient(() -> sum.any ? Optional.of(sum.memory) : Optional.empty()))
                .toList();
    }

    /**
     * Adds the gradients as they are now.
     *
     * @param share of the micro-batch in the whole batch, such as 0.25 for each of four equal ones whose losses are means
     * @throws IllegalArgumentException if a gradient does not fit its parameter; nothing is added then
     */
    public void add(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of a micro-batch must be from 0 to 1, not " + share);
        }
        this.share = share;
        sums.forEach(sum -> sum.latest = sum.parameter.gradient());
        pass.step();
        sums.forEach(sum -> sum.any |= sum.latest.isPresent());
    }

    /** Forgets all that was added. */
    public void clear() {
        for (Sum sum : sums) {
            sum.memory.fill((byte) 0);
            sum.any = false;
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        pass.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
