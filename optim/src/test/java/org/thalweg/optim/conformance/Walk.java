package org.thalweg.optim.conformance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;

/** An optimizer on its way along a course. */
final class Walk implements AutoCloseable {
    static final Execution SCALAR = new Execution(1, Execution.Kernels.SCALAR);
    static final Execution VECTOR = new Execution(1, Execution.Kernels.VECTOR);

    private final Course course;
    private final Optimizer optimizer;
    private final List<MemorySegment> values = new ArrayList<>();
    private final List<MemorySegment> gradients = new ArrayList<>();

    Walk(Course course, Execution execution, Memory memory, Function<List<Parameter>, List<ParameterGroup>> groups) {
        this.course = course;
        List<Parameter> parameters = new ArrayList<>();
        for (int t = 0; t < course.initial().length; t++) {
            MemorySegment value = memory.value(t, course.initial()[t]);
            int tensor = t;
            values.add(value);
            gradients.add(memory.gradient(t, new float[course.initial()[t].length]));
            parameters.add(Parameter.of(
                    course.names().get(t),
                    value,
                    () -> gradient(tensor),
                    course.shapes().get(t)));
        }
        optimizer = Optimizer.of(groups.apply(parameters), step -> course.rates()[Math.toIntExact(step)], execution);
    }

    Walk(Course course, Execution execution, Memory memory, Rule rule) {
        this(course, execution, memory, parameters -> List.of(new ParameterGroup("all", rule, parameters)));
    }

    Walk(Course course, Execution execution, Rule rule) {
        this(course, execution, Memory.HEAP, rule);
    }

    /** Walks the whole course. */
    static Outcome along(Course course, Execution execution, Memory memory, Rule rule) {
        try (Walk walk = new Walk(course, execution, memory, rule)) {
            return walk.toEnd();
        }
    }

    /** Walks the whole course on the heap. */
    static Outcome along(Course course, Execution execution, Rule rule) {
        return along(course, execution, Memory.HEAP, rule);
    }

    private Optional<MemorySegment> gradient(int tensor) {
        float[] now = course.gradients()[Math.toIntExact(optimizer.steps())][tensor];
        return now.length == 0
                ? Optional.empty()
                : Optional.of(gradients.get(tensor).copyFrom(MemorySegment.ofArray(now)));
    }

    Optimizer optimizer() {
        return optimizer;
    }

    void step() {
        optimizer.step();
    }

    Outcome steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
        return outcome();
    }

    Outcome toEnd() {
        return steps(course.steps() - Math.toIntExact(optimizer.steps()));
    }

    Outcome outcome() {
        OptimizerState state = optimizer.state();
        List<List<float[]>> tensors = new ArrayList<>();
        for (int t = 0; t < values.size(); t++) {
            List<float[]> arrays = new ArrayList<>();
            arrays.add(values.get(t).toArray(ValueLayout.JAVA_FLOAT));
            arrays.addAll(state.tensors()
                    .getOrDefault(course.names().get(t), Map.of())
                    .values());
            state.scalars()
                    .getOrDefault(course.names().get(t), Map.of())
                    .values()
                    .forEach(number -> arrays.add(new float[] {number.floatValue()}));
            tensors.add(arrays);
        }
        return new Outcome(tensors);
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
