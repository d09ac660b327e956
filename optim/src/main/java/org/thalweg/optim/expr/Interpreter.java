package org.thalweg.optim.expr;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.thalweg.optim.expr.Expr.Binary;
import org.thalweg.optim.expr.Expr.Constant;
import org.thalweg.optim.expr.Expr.FusedMultiplyAdd;
import org.thalweg.optim.expr.Expr.Gradient;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Expr.Initial;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.ParameterValue;
import org.thalweg.optim.expr.Expr.Rate;
import org.thalweg.optim.expr.Expr.Reduction;
import org.thalweg.optim.expr.Expr.ReductionKind;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.Select;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Expr.StepCount;
import org.thalweg.optim.expr.Expr.StepNoise;
import org.thalweg.optim.expr.Expr.Unary;

/**
 * Runs a program in double precision, one expression at a time: slow, plain, and the definition of what is right. The
 * compiled kernels are tested against it.
 */
public final class Interpreter {
    /**
     * One tensor with its state, in double precision.
     *
     * @param name of the parameter, which its noise depends on
     * @param value updated in place
     * @param rows the number of rows that {@link Scope#ROW} distinguishes; divides the number of elements
     * @param state by name, updated in place; one number for state of the tensor as a whole
     */
    @SuppressWarnings("ArrayRecordComponent") // Views of arrays that the step updates.
    public record Tensor(String name, double[] value, double[] gradient, int rows, Map<String, double[]> state) {
        /** A tensor before its first step. */
        public static Tensor initial(Program program, String name, double[] value, double[] gradient, int rows) {
            Map<String, double[]> state = new LinkedHashMap<>();
            for (State s : program.states()) {
                state.put(s.name(), initialValues(s.initial(), value));
            }
            for (ScalarState s : program.scalarStates()) {
                state.put(s.name(), uniform(s.initial()));
            }
            return new Tensor(name, value, gradient, rows, state);
        }
    }

    private static double[] initialValues(Initial initial, double[] parameter) {
        return switch (initial) {
            case Initial.OfParameter() -> parameter.clone();
            case Initial.Number(double number) -> {
                double[] values = new double[parameter.length];
                Arrays.fill(values, number);
                yield values;
            }
        };
    }

    /**
     * The host scalars of one step.
     *
     * @param rate the learning rate
     * @param step from 1
     * @param hyper what each hyperparameter is in this step
     */
    public record Scalars(double rate, long step, ToDoubleFunction<Hyper> hyper) {
        /** Hyperparameters as they were declared. */
        public Scalars(double rate, long step) {
            this(rate, step, Hyper::value);
        }
    }

    private final Scalars scalars;
    private final List<Evaluation> evaluations;
    private final IdentityHashMap<Expr, Double> sumsOverAll = new IdentityHashMap<>();

    private Interpreter(Scalars scalars, List<Tensor> tensors) {
        this.scalars = scalars;
        this.evaluations = tensors.stream().map(Evaluation::new).toList();
    }

    /** Runs one step on all tensors at once. */
    public static void step(Program program, List<Tensor> tensors, Scalars scalars) {
        Interpreter interpreter = new Interpreter(scalars, tensors);
        List<Runnable> writes = interpreter.evaluations.stream()
                .map(evaluation -> evaluation.prepare(program))
                .toList();
        writes.forEach(Runnable::run);
    }

    /** The value of every expression for one tensor: one number if uniform, otherwise one for each element. */
    private final class Evaluation {
        private final Tensor tensor;
        private final IdentityHashMap<Expr, double[]> known = new IdentityHashMap<>();

        Evaluation(Tensor tensor) {
            this.tensor = tensor;
        }

        /** Computes everything from the old values; the answer writes the new ones. */
        Runnable prepare(Program program) {
            IdentityHashMap<double[], double[]> writes = new IdentityHashMap<>();
            for (Program.Assignment assignment : program.assignments()) {
                writes.put(state(assignment.state().name()), value(assignment.value()));
            }
            for (Program.ScalarAssignment assignment : program.scalars()) {
                writes.put(state(assignment.state().name()), value(assignment.value()));
            }
            writes.put(tensor.value(), value(program.parameter()));
            return () -> writes.forEach((to, from) -> Arrays.setAll(to, i -> at(from, i)));
        }

        double[] value(Expr expr) {
            double[] value = known.get(expr);
            if (value == null) {
                value = compute(expr);
                known.put(expr, value);
            }
            return value;
        }

        private double[] compute(Expr expr) {
            return switch (expr) {
                case Constant(double value) -> uniform(value);
                case Hyper hyper -> uniform(scalars.hyper().applyAsDouble(hyper));
                case Rate() -> uniform(scalars.rate());
                case StepCount() -> uniform((double) scalars.step());
                case ParameterValue() -> tensor.value().clone();
                case Gradient() -> tensor.gradient().clone();
                case State state -> state(state.name()).clone();
                case ScalarState state -> state(state.name()).clone();
                case Noise noise -> {
                    double[] numbers = new double[tensor.value().length];
                    Arrays.setAll(numbers, i -> noise.at(tensor.name(), scalars.step(), i));
                    yield numbers;
                }
                case StepNoise noise -> uniform(noise.at(scalars.step()));
                case Unary(var op, Expr x) -> {
                    double[] a = value(x);
                    yield map(i -> op.apply(at(a, i)), a);
                }
                case Binary(var op, Expr x, Expr y) -> {
                    double[] a = value(x);
                    double[] b = value(y);
                    yield map(i -> op.apply(at(a, i), at(b, i)), a, b);
                }
                case FusedMultiplyAdd(Expr x, Expr y, Expr z) -> {
                    double[] a = value(x);
                    double[] b = value(y);
                    double[] c = value(z);
                    yield map(i -> Math.fma(at(a, i), at(b, i), at(c, i)), a, b, c);
                }
                case Select(var condition, Expr yes, Expr no) -> {
                    double[] a = value(condition.x());
                    double[] b = value(condition.y());
                    double[] whenTrue = value(yes);
                    double[] whenFalse = value(no);
                    yield map(
                            i -> at(condition.comparison().holds(at(a, i), at(b, i)) ? whenTrue : whenFalse, i),
                            a,
                            b,
                            whenTrue,
                            whenFalse);
                }
                case Reduction reduction -> reduce(reduction);
            };
        }

        private double[] reduce(Reduction reduction) {
            return switch (reduction.scope()) {
                case ROW -> {
                    int columns = tensor.value().length / tensor.rows();
                    double[] sums = new double[tensor.rows()];
                    Arrays.setAll(sums, row -> sum(reduction, row * columns, (row + 1) * columns));
                    double[] spread = new double[tensor.value().length];
                    Arrays.setAll(spread, i -> sums[i / columns]);
                    yield spread;
                }
                case TENSOR -> uniform(sum(reduction, 0, tensor.value().length));
                case ALL -> {
                    Double known = sumsOverAll.get(reduction);
                    double sum = known != null
                            ? known
                            : evaluations.stream()
                                    .mapToDouble(e -> e.sum(reduction, 0, e.tensor.value().length))
                                    .sum();
                    sumsOverAll.put(reduction, sum);
                    yield uniform(sum);
                }
            };
        }

        private double sum(Reduction reduction, int from, int to) {
            double[] x = value(reduction.x());
            double sum = 0;
            for (int i = from; i < to; i++) {
                double xi = at(x, i);
                sum += reduction.kind() == ReductionKind.SUM ? xi : xi * xi;
            }
            return sum;
        }

        private double[] state(String name) {
            double[] values = tensor.state().get(name);
            if (values == null) {
                throw new IllegalArgumentException("the tensor has no state named " + name);
            }
            return values;
        }
    }

    private static double[] uniform(double value) {
        return new double[] {value};
    }

    private static double at(double[] value, int i) {
        return value.length == 1 ? value[0] : value[i];
    }

    private static double[] map(IntToDoubleFunction f, double[]... operands) {
        int length = Arrays.stream(operands).mapToInt(x -> x.length).max().orElse(1);
        double[] result = new double[length];
        Arrays.setAll(result, f);
        return result;
    }
}
