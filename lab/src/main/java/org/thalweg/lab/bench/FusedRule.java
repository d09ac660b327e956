package org.thalweg.lab.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

/** A step of one of our rules. */
final class FusedRule implements Subject {
    static final double RATE = 1e-3;

    private final String name;
    private final Arena arena = Arena.ofShared();
    private final Optimizer optimizer;

    FusedRule(Rule rule, StateFormat format, TensorSet tensors, int threads) {
        this.name = Rules.format(rule);
        SplittableRandom random = new SplittableRandom(1);
        List<Parameter> parameters = new ArrayList<>();
        for (List<Long> shape : tensors.shapes()) {
            MemorySegment value = random(shape, random);
            Optional<MemorySegment> gradient = Optional.of(random(shape, random));
            parameters.add(Parameter.of("tensor" + parameters.size(), value, () -> gradient, TensorSet.array(shape)));
        }
        this.optimizer = Optimizer.of(
                List.of(new ParameterGroup("all", rule, parameters)),
                Schedule.constant(RATE),
                format,
                new Execution(threads, Execution.Kernels.VECTOR));
    }

    private MemorySegment random(List<Long> shape, SplittableRandom random) {
        long elements = TensorSet.elements(shape);
        MemorySegment segment = arena.allocate(elements * Float.BYTES, 64);
        for (long i = 0; i < elements; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
        }
        return segment;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() {
        optimizer.step();
    }

    @Override
    public void close() {
        optimizer.close();
        arena.close();
    }
}
