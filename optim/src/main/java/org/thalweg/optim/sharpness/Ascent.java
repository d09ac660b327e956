package org.thalweg.optim.sharpness;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.schedule.Schedule;

/**
 * The way up to where the loss is highest nearby, and back. With the gradient of a batch in place:
 *
 * <pre>{@code
 * try (var _ = ascent.climb()) {
 *     backward(batch); // the gradient at the highest place
 * }
 * optimizer.step();    // from where the weights were
 * }</pre>
 *
 * <p>The weights are kept off the heap meanwhile. Used by one thread at a time.
 */
public final class Ascent implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();
    private final List<Parameter> parameters;
    private final List<MemorySegment> kept = new ArrayList<>();
    private final Optimizer climb;
    private boolean up;

    /** The weights on the height; closing it puts them back where they were, to the last bit. */
    public interface Height extends AutoCloseable {
        @Override
        void close();
    }

    public Ascent(Sharpness sharpness, List<Parameter> parameters) {
        this(sharpness, parameters, new Execution());
    }

    /** Carried out as asked. */
    public Ascent(Sharpness sharpness, List<Parameter> parameters, Execution execution) {
        this.parameters = parameters.stream()
                .map(p -> p.requireFloat32("sharpness-aware minimisation"))
                .toList();
        parameters.forEach(p -> kept.add(arena.allocate(p.size() * Float.BYTES, ALIGNMENT)));
        this.climb = Optimizer.of(
                List.of(new ParameterGroup("ascent", sharpness.ascent(), parameters)),
                Schedule.constant(sharpness.rho()),
                execution);
    }

    /**
     * Moves the weights along their gradients to the highest place.
     *
     * @throws IllegalStateException if they are there already
     */
    public Height climb() {
        if (up) {
            throw new IllegalStateException("the weights are on the height already: go back down first");
        }
        for (int i = 0; i < parameters.size(); i++) {
            kept.get(i).copyFrom(parameters.get(i).value());
        }
        climb.step();
        up = true;
        return this::descend;
    }

    private void descend() {
        if (up) {
            for (int i = 0; i < parameters.size(); i++) {
                parameters.get(i).value().copyFrom(kept.get(i));
            }
            up = false;
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        climb.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
