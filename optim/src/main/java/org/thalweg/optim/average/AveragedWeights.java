package org.thalweg.optim.average;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.schedule.Schedule;

/**
 * An average of the weights, kept beside them off the heap. Call {@link #update} after each step of the optimizer, and
 * evaluate with the average in the weights' place:
 *
 * <pre>{@code
 * try (var _ = average.swapIn()) {
 *     evaluate();
 * }
 * }</pre>
 *
 * <p>Taking weights in is one fused pass over both. Used by one thread at a time.
 */
public final class AveragedWeights implements AutoCloseable {
    private static final String AVERAGE = "average";
    private static final int ALIGNMENT = 64;
    /** Bytes that are exchanged at once: little enough for the fastest cache. */
    private static final int CHUNK = 1 << 14;

    private final Averaging averaging;
    private final List<Parameter> weights;
    private final List<Parameter> averages = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final Optimizer pass;
    private double share;
    private boolean empty = true;
    private boolean swapped;
    private long steps;

    /** The average in the weights' place; closing it puts the weights back, every bit of them. */
    public interface Swapped extends AutoCloseable {
        @Override
        void close();
    }

    public AveragedWeights(Averaging averaging, List<Parameter> parameters) {
        this(averaging, parameters, new Execution());
    }

    /** Carried out as asked. */
    public AveragedWeights(Averaging averaging, List<Parameter> parameters, Execution execution) {
        this.averaging = averaging;
        this.weights = List.copyOf(parameters);
        for (Parameter weight : weights) {
            weight.requireFloat32("averaging");
            MemorySegment memory = arena.allocate(weight.size() * Float.BYTES, ALIGNMENT);
            averages.add(Parameter.of(weight.name(), memory, () -> Optional.of(weight.value()), weight.shape()));
        }
        // To an optimizer, an average is a parameter that descends towards the weights, with its share as the rate.
        Schedule shares = _ -> share;
        this.pass = Optimizer.of(
                List.of(new ParameterGroup(
                        AVERAGE, (w, trace) -> trace.parameter().minus(w), averages)),
                shares,
                execution);
    }

    /**
     * Counts a step, and takes the weights into the average if it is a step whose weights count.
     *
     * @throws IllegalStateException while the average is swapped in
     */
    public void update() {
        requireOut("take weights in");
        double next = averaging.share(steps + 1);
        if (!(next >= 0 && next <= 1)) {
            throw new IllegalArgumentException(
                    "the share of the weights after step %d must be from 0 to 1, not %s".formatted(steps + 1, next));
        }
        if (next > 0) {
            share = empty ? 1 : next;
            pass.step();
            empty = false;
        }
        steps++;
    }

    /** Whether no weights have been taken in yet. */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * Exchanges weights and average until the answer is closed. An average that is still empty leaves the weights in place.
     *
     * @throws IllegalStateException if it is swapped in already
     */
    public Swapped swapIn() {
        requireOut("swap it in again");
        if (empty) {
            return () -> {};
        }
        exchangeAll();
        swapped = true;
        return () -> {
            if (swapped) {
                exchangeAll();
                swapped = false;
            }
        };
    }

    /** A copy of the average and the count of steps; without tensors while it is empty. */
    public OptimizerState state() {
        requireOut("save it");
        Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
        if (!empty) {
            averages.forEach(p ->
                    tensors.put(p.name(), Map.of(AVERAGE, p.value().toArray(ValueLayout.JAVA_FLOAT))));
        }
        return new OptimizerState(steps, tensors);
    }

    /**
     * Goes on from a saved state.
     *
     * @throws IllegalArgumentException if the state is not of these parameters; nothing is changed then
     */
    public void restore(OptimizerState saved) {
        requireOut("restore it");
        empty = saved.tensors().isEmpty();
        if (!empty) {
            averages.forEach(p -> checkFits(p, saved));
            averages.forEach(p -> p.value().copyFrom(MemorySegment.ofArray(savedAverage(p, saved))));
        }
        steps = saved.steps();
    }

    private static void checkFits(Parameter average, OptimizerState saved) {
        int length = savedAverage(average, saved).length;
        if (length != average.size()) {
            throw new IllegalArgumentException(
                    "the saved average of parameter %s holds %d numbers, but it needs %d: it is of another model"
                            .formatted(average.name(), length, average.size()));
        }
    }

    private static float[] savedAverage(Parameter average, OptimizerState saved) {
        return saved.tensors().getOrDefault(average.name(), Map.of()).getOrDefault(AVERAGE, new float[0]);
    }

    private void exchangeAll() {
        MemorySegment buffer = MemorySegment.ofArray(new float[CHUNK / Float.BYTES]);
        for (int i = 0; i < weights.size(); i++) {
            exchange(weights.get(i).value(), averages.get(i).value(), buffer);
        }
    }

    private static void exchange(MemorySegment one, MemorySegment other, MemorySegment buffer) {
        for (long from = 0; from < one.byteSize(); from += CHUNK) {
            long bytes = Math.min(CHUNK, one.byteSize() - from);
            MemorySegment.copy(one, from, buffer, 0, bytes);
            MemorySegment.copy(other, from, one, from, bytes);
            MemorySegment.copy(buffer, 0, other, from, bytes);
        }
    }

    private void requireOut(String action) {
        if (swapped) {
            throw new IllegalStateException("the average is in the weights' place: put them back before you " + action);
        }
    }

    /** Gives the memory back; an average that is swapped in stays in the weights' place. */
    @Override
    public void close() {
        pass.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
