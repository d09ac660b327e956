package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Expr.UnaryOp;
import org.thalweg.optim.expr.Program;

/**
 * A program as a numbered list of operations in which equal expressions are one: each node knows how far its value
 * spreads and in which phase it is known first.
 *
 * <p>Two rewrites happen on the way in. A division by a uniform becomes a multiplication with its reciprocal, taken in
 * double precision on the host; a multiplication with the constant 1 goes away.
 */
final class Graph {
    /** How many numbers a node stands for. Ordered: an operation is as wide as its widest operand. */
    enum Extent {
        STEP,
        TENSOR,
        ROW,
        ELEMENT
    }

    private final List<Op> ops = new ArrayList<>();
    private final List<Extent> extents = new ArrayList<>();
    private final List<Integer> phases = new ArrayList<>();
    private final Map<Op, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> known = new IdentityHashMap<>();
    private final List<State> states;
    private final List<ScalarState> scalarStates;
    private final List<Noise> noises;
    private final int firstNoise;
    /** What each written array becomes, by array. */
    private final Map<Integer, Integer> results = new TreeMap<>();

    private final int[] scalarResults;

    /** @param roundedCopy whether the new parameter is written a second time, behind the states */
    Graph(Program program, boolean roundedCopy) {
        states = program.states();
        scalarStates = program.scalarStates();
        noises = program.noises();
        firstNoise = Op.FIRST_STATE + states.size() + (roundedCopy ? 1 : 0);
        for (Program.Assignment assignment : program.assignments()) {
            result(arrayOf(assignment.state()), assignment.value());
        }
        result(Op.PARAMETER, program.parameter());
        if (roundedCopy && results.containsKey(Op.PARAMETER)) {
            results.put(Op.FIRST_STATE + states.size(), results.getOrDefault(Op.PARAMETER, 0));
        }
        scalarResults = program.scalars().stream()
                .mapToInt(assignment -> scalarResult(assignment.value()))
                .toArray();
    }

    private int scalarResult(Expr value) {
        int number = add(value);
        if (extent(number).compareTo(Extent.TENSOR) > 0) {
            throw new IllegalArgumentException(
                    "a number of the tensor as a whole cannot become something that differs from"
                            + " row to row or element to element");
        }
        return number;
    }

    private void result(int array, Expr value) {
        int number = add(value);
        if (!ops.get(number).equals(new Op.Load(array))) {
            results.put(array, number);
        }
    }

    /** For each scalar state the node that it becomes. */
    int[] scalarResults() {
        return scalarResults;
    }

    /** The place of a scalar state in the order of declaration. */
    int indexOf(ScalarState state) {
        return scalarStates.indexOf(state);
    }

    /** How many arrays there are, noises included. */
    int arrays() {
        return firstNoise + noises.size();
    }

    boolean isNoise(int array) {
        return array >= firstNoise;
    }

    int size() {
        return ops.size();
    }

    Op op(int number) {
        return ops.get(number);
    }

    Extent extent(int number) {
        return extents.get(number);
    }

    /** The first phase in which the value can be had; a reduction is known in the phase after its operand's. */
    int phase(int number) {
        return phases.get(number);
    }

    boolean isUniform(int number) {
        return extent(number) != Extent.ELEMENT;
    }

    Map<Integer, Integer> results() {
        return results;
    }

    IntStream numbers() {
        return IntStream.range(0, size());
    }

    /** Computes a uniform from the uniforms before it; reductions and wider values are left as they are. */
    void evaluate(int number, double[] values, ToDoubleFunction<Expr> host) {
        switch (op(number)) {
            case Op.Host(Expr leaf) -> values[number] = host.applyAsDouble(leaf);
            case Op.Unary(var op, int x) -> values[number] = op.apply(values[x]);
            case Op.Binary(var op, int x, int y) -> values[number] = op.apply(values[x], values[y]);
            case Op.FusedMultiplyAdd(int x, int y, int z) -> values[number] = Math.fma(values[x], values[y], values[z]);
            case Op.Select(var comparison, int x, int y, int yes, int no) ->
                values[number] = comparison.holds(values[x], values[y]) ? values[yes] : values[no];
            case Op.Reduce _, Op.Load _, Op.Scalar _, Op.Store _, Op.Accumulate _ -> {}
        }
    }

    private int arrayOf(State state) {
        return Op.FIRST_STATE + states.indexOf(state);
    }

    private int arrayOf(Noise noise) {
        return firstNoise + noises.indexOf(noise);
    }

    private int add(Expr expr) {
        Integer number = known.get(expr);
        if (number == null) {
            number = lower(expr);
            known.put(expr, number);
        }
        return number;
    }

    private int lower(Expr expr) {
        return switch (expr) {
            case Expr.Constant _, Expr.Hyper _, Expr.Rate _, Expr.StepCount _, Expr.StepNoise _, ScalarState _ ->
                number(new Op.Host(expr));
            case Expr.ParameterValue() -> number(new Op.Load(Op.PARAMETER));
            case Expr.Gradient() -> number(new Op.Load(Op.GRADIENT));
            case State state -> number(new Op.Load(arrayOf(state)));
            case Noise noise -> number(new Op.Load(arrayOf(noise)));
            case Expr.Unary(var op, Expr x) -> unary(op, add(x));
            case Expr.Binary(var op, Expr x, Expr y) -> binary(op, add(x), add(y));
            case Expr.FusedMultiplyAdd(Expr x, Expr y, Expr z) ->
                number(new Op.FusedMultiplyAdd(add(x), add(y), add(z)));
            case Expr.Select(var condition, Expr yes, Expr no) ->
                number(new Op.Select(
                        condition.comparison(), add(condition.x()), add(condition.y()), add(yes), add(no)));
            case Expr.Reduction(var kind, Scope scope, Expr x) -> number(new Op.Reduce(kind, scope, add(x)));
        };
    }

    private int unary(UnaryOp op, int x) {
        if ((op == UnaryOp.EXP || op == UnaryOp.LOG) && !isUniform(x)) {
            throw new IllegalArgumentException("exp and log are for uniforms, not for every element of a tensor");
        }
        return number(new Op.Unary(op, x));
    }

    private int binary(BinaryOp op, int x, int y) {
        if (op == BinaryOp.DIVIDE && isUniform(y) && !isUniform(x)) {
            int one = number(new Op.Host(Expr.constant(1)));
            return binary(BinaryOp.MULTIPLY, x, number(new Op.Binary(BinaryOp.DIVIDE, one, y)));
        }
        if (op == BinaryOp.MULTIPLY && isOne(x)) {
            return y;
        }
        if (op == BinaryOp.MULTIPLY && isOne(y)) {
            return x;
        }
        int number = number(new Op.Binary(op, x, y));
        if (op == BinaryOp.POWER && !isUniform(number)) {
            throw new IllegalArgumentException(
                    "power is for uniforms, such as beta^t: raising every element to a power is not supported");
        }
        return number;
    }

    private boolean isOne(int number) {
        return op(number) instanceof Op.Host(Expr.Constant(double value)) && value == 1;
    }

    private int number(Op op) {
        return numbers.computeIfAbsent(op, this::append);
    }

    private int append(Op op) {
        ops.add(op);
        extents.add(extentOf(op));
        int known = IntStream.of(op.operands()).map(this::phase).max().orElse(0);
        phases.add(op instanceof Op.Reduce ? known + 1 : known);
        return ops.size() - 1;
    }

    private Extent extentOf(Op op) {
        return switch (op) {
            case Op.Load _ -> Extent.ELEMENT;
            case Op.Host(ScalarState _) -> Extent.TENSOR;
            case Op.Reduce(var _, Scope scope, var _) ->
                switch (scope) {
                    case ALL -> Extent.STEP;
                    case TENSOR -> Extent.TENSOR;
                    case ROW -> Extent.ROW;
                };
            default ->
                IntStream.of(op.operands())
                        .mapToObj(this::extent)
                        .max(Extent::compareTo)
                        .orElse(Extent.STEP);
        };
    }

    /** What stands at a node, hyperparameters by name and not by value: equal for the same expression in other programs. */
    String describe(int number) {
        StringBuilder text = new StringBuilder();
        describe(number, new HashMap<>(), text);
        return text.toString();
    }

    private int describe(int number, Map<Integer, Integer> places, StringBuilder text) {
        Integer place = places.get(number);
        if (place == null) {
            Op here = op(number).renumbered(operand -> describe(operand, places, text));
            place = places.size();
            places.put(number, place);
            text.append(describe(here)).append('\n');
        }
        return place;
    }

    private String describe(Op op) {
        return switch (op) {
            case Op.Load(int array) when isNoise(array) -> "noise " + (array - firstNoise);
            case Op.Load(int array)
            when array >= Op.FIRST_STATE -> states.get(array - Op.FIRST_STATE).name();
            case Op.Host(Expr.Hyper(String owner, String name, double _)) -> owner + " " + name;
            default -> op.toString();
        };
    }
}
