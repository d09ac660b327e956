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
import org.thalweg.optim.Precision;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

/** A step of one of our rules. */
final class FusedRule implements Subject {
    static final double RATE = 1e-3;

    private final String name;
    private final Arena arena = Arena.ofShared();
    private final Optimizer optimizer;

    FusedRule(Rule rule, Formats formats, TensorSet tensors, int threads) {
        Precision precision = formats.parameters();
        this.name = Rules.format(rule);
        SplittableRandom random = new SplittableRandom(1);
        List<Parameter> parameters = new ArrayList<>();
        for (List<Long> shape : tensors.shapes()) {
            MemorySegment value = random(shape, precision, random);
            Optional<MemorySegment> gradient = Optional.of(random(shape, precision, random));
            String tensor = "tensor" + parameters.size();
            parameters.add(
                    switch (precision) {
                        case FLOAT32 -> Parameter.of(tensor, value, () -> gradient, TensorSet.array(shape));
                        case BFLOAT16 -> Parameter.ofBFloat16(tensor, value, () -> gradient, TensorSet.array(shape));
                    });
        }
        this.optimizer = Optimizer.of(
                List.of(new ParameterGroup("all", rule, parameters)),
                Schedule.constant(RATE),
                formats.state(),
                new Execution(threads, Execution.Kernels.VECTOR));
    }

    private MemorySegment random(List<Long> shape, Precision precision, SplittableRandom random) {
        long elements = TensorSet.elements(shape);
        MemorySegment segment = arena.allocate(elements * precision.bytes(), 64);
        for (long i = 0; i < elements; i++) {
            float number = random.nextFloat() - 0.5f;
            switch (precision) {
                case FLOAT32 -> segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, number);
                case BFLOAT16 ->
                    segment.setAtIndex(
                            ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(number) >>> Short.SIZE));
            }
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
