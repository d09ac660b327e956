package org.thalweg.lab.lecture;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.model.Network;

/** What other rules would do with the gradients that a network meets; its weights know nothing of them. */
final class Shadows implements AutoCloseable {
    private final List<Rule> rules;
    private final List<Shadow> shadows = new ArrayList<>();

    private record Shadow(Optimizer optimizer, List<float[]> values) {}

    Shadows(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What each rule would subtract at rate 1, given the gradients as they are now; called once for each step. */
    List<double[]> directions(Network network) {
        if (shadows.isEmpty()) {
            rules.forEach(rule -> shadows.add(shadow(rule, network.parameters())));
        }
        return shadows.stream().map(Shadows::direction).toList();
    }

    private static Shadow shadow(Rule rule, List<Parameter> parameters) {
        List<float[]> values = parameters.stream()
                .map(parameter -> new float[(int) parameter.size()])
                .toList();
        List<Parameter> own = IntStream.range(0, parameters.size())
                .mapToObj(i -> Parameter.of(
                        parameters.get(i).name(),
                        MemorySegment.ofArray(values.get(i)),
                        parameters.get(i)::gradient,
                        parameters.get(i).shape()))
                .toList();
        return new Shadow(Optimizer.of(rule, Schedule.constant(1), own), values);
    }

    /** From zero, so that what a step adds is not rounded to what is there. */
    private static double[] direction(Shadow shadow) {
        shadow.values().forEach(value -> Arrays.fill(value, 0));
        shadow.optimizer().step();
        return shadow.values().stream()
                .flatMapToDouble(value -> IntStream.range(0, value.length).mapToDouble(i -> -value[i]))
                .toArray();
    }

    @Override
    public void close() {
        shadows.forEach(shadow -> shadow.optimizer().close());
    }
}
