package org.thalweg.optim.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Interpreter;
import org.thalweg.optim.expr.Interpreter.Scalars;
import org.thalweg.optim.expr.Interpreter.Tensor;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.rule.Rule;

/** The interpreter on its way along a course. */
final class Reference {
    private final Course course;
    private final Program program;
    private final ToDoubleBiFunction<Hyper, Integer> hypers;
    private final List<Tensor> tensors = new ArrayList<>();
    private int steps;

    /** @param hypers what a hyperparameter is in a step counted from 0 */
    Reference(Course course, Rule rule, ToDoubleBiFunction<Hyper, Integer> hypers) {
        this.course = course;
        this.program = rule.program();
        this.hypers = hypers;
        for (int t = 0; t < course.initial().length; t++) {
            double[] value = doubles(course.initial()[t]);
            tensors.add(
                    Tensor.initial(program, course.names().get(t), value, new double[value.length], course.rows(t)));
        }
    }

    Reference(Course course, Rule rule) {
        this(course, rule, (hyper, _) -> hyper.value());
    }

    static Reference along(Course course, Rule rule) {
        Reference reference = new Reference(course, rule);
        return reference.toEnd();
    }

    Reference toEnd() {
        while (steps < course.steps()) {
            step();
        }
        return this;
    }

    void step() {
        List<Tensor> active = new ArrayList<>();
        for (int t = 0; t < tensors.size(); t++) {
            double[] gradient = doubles(course.gradients()[steps][t]);
            if (gradient.length > 0) {
                System.arraycopy(gradient, 0, tensors.get(t).gradient(), 0, gradient.length);
                active.add(tensors.get(t));
            }
        }
        int step = steps;
        Interpreter.step(
                program,
                active,
                new Scalars(course.rates()[step], step + 1, hyper -> hypers.applyAsDouble(hyper, step)));
        steps++;
    }

    /** A tensor's value, then its states. */
    List<double[]> arrays(int tensor) {
        List<double[]> arrays = new ArrayList<>();
        arrays.add(tensors.get(tensor).value());
        arrays.addAll(tensors.get(tensor).state().values());
        return arrays;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
