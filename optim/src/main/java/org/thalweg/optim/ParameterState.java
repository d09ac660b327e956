package org.thalweg.optim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.optim.expr.Expr.Initial;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.kernel.BFloat16;
import org.thalweg.optim.kernel.Tensor;
import org.thalweg.optim.random.Counter;

/** A parameter with what its rule remembers of it, in native memory. */
final class ParameterState {
    /** A cache line, and the width of the widest vectors. */
    private static final int ALIGNMENT = 64;

    /** What a saved state calls the float32 copy of a parameter that is not float32. */
    private static final String MASTER = "master_copy";

    private final Parameter parameter;
    private final StateFormat format;
    private final Map<String, MemorySegment> states = new LinkedHashMap<>();
    private final List<String> scalarNames;
    private final double[] scalars;
    private final Tensor tensor;
    /** The parameter itself, or its float32 copy. */
    private final MemorySegment numbers;

    ParameterState(Parameter parameter, Program program, StateFormat format, Arena arena) {
        this.parameter = parameter;
        this.format = format;
        this.numbers = parameter.precision() == Precision.FLOAT32 ? parameter.value() : masterCopy(arena);
        for (State state : program.states()) {
            MemorySegment segment = arena.allocate(parameter.size() * format.bytes(), ALIGNMENT);
            initialise(segment, state.initial());
            states.put(state.name(), segment);
        }
        this.scalarNames =
                program.scalarStates().stream().map(ScalarState::name).toList();
        this.scalars = program.scalarStates().stream()
                .mapToDouble(ScalarState::initial)
                .toArray();
        Tensor.Value value = new Tensor.Value(
                numbers,
                Optional.of(parameter.value()).filter(_ -> hasMasterCopy()),
                parameter.gradientPrecision().storage());
        this.tensor = new Tensor(
                Counter.number(parameter.name()),
                value,
                parameter.rows(),
                List.copyOf(states.values()),
                format.storage(),
                program.noises(),
                scalars);
    }

    private boolean hasMasterCopy() {
        return parameter.precision() != Precision.FLOAT32;
    }

    private MemorySegment masterCopy(Arena arena) {
        MemorySegment master = arena.allocate(parameter.size() * Float.BYTES, ALIGNMENT);
        for (long i = 0; i < parameter.size(); i++) {
            float number = BFloat16.toFloat(parameter.value().getAtIndex(ValueLayout.JAVA_SHORT, i));
            master.setAtIndex(ValueLayout.JAVA_FLOAT, i, number);
        }
        return master;
    }

    private void initialise(MemorySegment segment, Initial initial) {
        switch (initial) {
            case Initial.OfParameter() -> {
                for (long i = 0; i < parameter.size(); i++) {
                    set(segment, i, numbers.getAtIndex(ValueLayout.JAVA_FLOAT, i));
                }
            }
            case Initial.Number(double number) -> {
                // Fresh memory is zero already.
                for (long i = 0; number != 0 && i < parameter.size(); i++) {
                    set(segment, i, (float) number);
                }
            }
        }
    }

    private void set(MemorySegment segment, long i, float value) {
        switch (format) {
            case FLOAT32 -> segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
            case BFLOAT16, BFLOAT16_STOCHASTIC ->
                segment.setAtIndex(ValueLayout.JAVA_SHORT, i, BFloat16.nearest(value));
        }
    }

    private float[] widened(MemorySegment segment) {
        if (format == StateFormat.FLOAT32) {
            return segment.toArray(ValueLayout.JAVA_FLOAT);
        }
        float[] values = new float[Math.toIntExact(parameter.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = BFloat16.toFloat(segment.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
        return values;
    }

    Parameter parameter() {
        return parameter;
    }

    Tensor tensor() {
        return tensor;
    }

    /** A copy of the states, by name; nothing is lost in it, whatever the format. */
    Map<String, float[]> states() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        states.forEach((name, segment) -> copy.put(name, widened(segment)));
        if (hasMasterCopy()) {
            copy.put(MASTER, numbers.toArray(ValueLayout.JAVA_FLOAT));
        }
        return copy;
    }

    /** A copy of the scalar states, by name. */
    Map<String, Double> scalars() {
        Map<String, Double> copy = new LinkedHashMap<>();
        for (int i = 0; i < scalars.length; i++) {
            copy.put(scalarNames.get(i), scalars[i]);
        }
        return copy;
    }

    /**
     * Looks whether a saved state is of this parameter and its rule.
     *
     * @throws IllegalArgumentException if it is not
     */
    void checkFits(OptimizerState saved) {
        Map<String, float[]> savedStates = saved.tensors().getOrDefault(parameter.name(), Map.of());
        Set<String> kept = new LinkedHashSet<>(states.keySet());
        if (hasMasterCopy()) {
            kept.add(MASTER);
        }
        checkNames(savedStates.keySet(), kept);
        checkNames(saved.scalars().getOrDefault(parameter.name(), Map.of()).keySet(), Set.copyOf(scalarNames));
        savedStates.forEach((name, values) -> {
            if (values.length != parameter.size()) {
                throw new IllegalArgumentException("the saved %s of parameter %s holds %d numbers, but it needs %d"
                        .formatted(name, parameter.name(), values.length, parameter.size()));
            }
        });
    }

    private void checkNames(Set<String> saved, Set<String> kept) {
        if (!saved.equals(kept)) {
            throw new IllegalArgumentException(
                    "the saved state of parameter %s holds %s, but its rule keeps %s: it is from another rule or model"
                            .formatted(parameter.name(), saved, kept));
        }
    }

    /** Takes over a saved state that fits. */
    void restore(OptimizerState saved) {
        saved.tensors().getOrDefault(parameter.name(), Map.of()).forEach((name, values) -> {
            if (name.equals(MASTER)) {
                numbers.copyFrom(MemorySegment.ofArray(values));
                return;
            }
            MemorySegment segment = states.getOrDefault(name, MemorySegment.NULL);
            for (int i = 0; i < values.length; i++) {
                set(segment, i, values[i]);
            }
        });
        saved.scalars().getOrDefault(parameter.name(), Map.of()).forEach((name, value) -> {
            scalars[scalarNames.indexOf(name)] = value;
        });
    }
}
