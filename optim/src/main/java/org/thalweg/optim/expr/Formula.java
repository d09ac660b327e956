package org.thalweg.optim.expr;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.thalweg.optim.expr.Expr.Binary;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Condition;
import org.thalweg.optim.expr.Expr.Constant;
import org.thalweg.optim.expr.Expr.FusedMultiplyAdd;
import org.thalweg.optim.expr.Expr.Gradient;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Expr.ParameterValue;
import org.thalweg.optim.expr.Expr.Rate;
import org.thalweg.optim.expr.Expr.Reduction;
import org.thalweg.optim.expr.Expr.ReductionKind;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.Select;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Expr.StepCount;
import org.thalweg.optim.expr.Expr.Unary;
import org.thalweg.optim.expr.Expr.UnaryOp;

/** Prints a program the way a paper writes it, one line for each assignment, the parameter's last. */
public final class Formula {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int POWER = 3;
    private static final int ATOM = 4;

    private final IdentityHashMap<Expr, String> named = new IdentityHashMap<>();

    private Formula() {}

    /** A text and how tightly it binds. */
    private record Text(String text, int binding) {
        String in(int context) {
            return binding < context ? "(" + text + ")" : text;
        }
    }

    /** The lines of a program, such as {@code v <- beta*v + g} with real arrows and roots. */
    public static List<String> of(Program program) {
        Formula formula = new Formula();
        List<String> lines = new ArrayList<>();
        for (Program.Assignment assignment : program.assignments()) {
            String name = assignment.state().name();
            lines.add(name + " ← " + formula.print(assignment.value()).text());
            formula.named.put(assignment.value(), name);
        }
        lines.add("p ← " + formula.print(program.parameter()).text());
        return lines;
    }

    private Text print(Expr expr) {
        String name = named.get(expr);
        if (name != null) {
            return new Text(name, ATOM);
        }
        return switch (expr) {
            case Constant(double value) -> new Text(number(value), value < 0 ? SUM : ATOM);
            case Hyper hyper -> new Text(hyper.name(), ATOM);
            case Rate() -> new Text("rate", ATOM);
            case StepCount() -> new Text("t", ATOM);
            case ParameterValue() -> new Text("p", ATOM);
            case Gradient() -> new Text("g", ATOM);
            case State state ->
                new Text(named.containsValue(state.name()) ? state.name() + "[t-1]" : state.name(), ATOM);
            case Unary(UnaryOp op, Expr x) -> unary(op, x);
            case Binary(BinaryOp op, Expr x, Expr y) -> binary(op, x, y);
            case FusedMultiplyAdd(Expr x, Expr y, Expr z) -> print(x.times(y).plus(z));
            case Select(Condition condition, Expr yes, Expr no) ->
                new Text(
                        "(" + print(yes).text() + " if " + condition(condition) + " else "
                                + print(no).text() + ")",
                        ATOM);
            case Reduction(ReductionKind kind, Scope scope, Expr x) -> reduction(kind, scope, x);
        };
    }

    private Text unary(UnaryOp op, Expr x) {
        if (op == UnaryOp.SQRT
                && x instanceof Reduction(ReductionKind kind, Scope scope, Expr y)
                && kind == ReductionKind.SUM_OF_SQUARES) {
            return new Text("‖" + print(y).text() + "‖" + subscript(scope), ATOM);
        }
        return switch (op) {
            case NEGATE -> new Text("−" + print(x).in(PRODUCT), SUM);
            case ABS -> new Text("|" + print(x).text() + "|", ATOM);
            case SQRT -> new Text("√" + print(x).in(ATOM), POWER);
        };
    }

    private Text binary(BinaryOp op, Expr x, Expr y) {
        return switch (op) {
            case ADD -> new Text(print(x).in(SUM) + " + " + print(y).in(SUM), SUM);
            case SUBTRACT -> new Text(print(x).in(SUM) + " − " + print(y).in(PRODUCT), SUM);
            case MULTIPLY -> product(x, y);
            case DIVIDE -> new Text(print(x).in(PRODUCT) + " / " + print(y).in(POWER), PRODUCT);
            case MIN -> new Text("min(" + print(x).text() + ", " + print(y).text() + ")", ATOM);
            case MAX -> new Text("max(" + print(x).text() + ", " + print(y).text() + ")", ATOM);
            case POWER -> new Text(print(x).in(ATOM) + "^" + print(y).in(ATOM), POWER);
        };
    }

    @SuppressWarnings("ReferenceEquality") // A square is what is written with one operand twice.
    private Text product(Expr x, Expr y) {
        if (isOne(x)) {
            return print(y);
        }
        if (isOne(y)) {
            return print(x);
        }
        if (x == y) {
            return new Text(print(x).in(ATOM) + "²", POWER);
        }
        return new Text(
                print(x).in(PRODUCT) + "·"
                        + print(y).in(
                                        y instanceof Binary(var op, var a, var b) && op == BinaryOp.DIVIDE
                                                ? POWER
                                                : PRODUCT),
                PRODUCT);
    }

    private static boolean isOne(Expr x) {
        return x instanceof Constant(double value) && value == 1;
    }

    private String condition(Condition condition) {
        String sign = switch (condition.comparison()) {
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " ≤ ";
            case EQUAL -> " = ";
        };
        return print(condition.x()).text() + sign + print(condition.y()).text();
    }

    private Text reduction(ReductionKind kind, Scope scope, Expr x) {
        String inner = kind == ReductionKind.SUM ? print(x).text() : print(x).in(ATOM) + "²";
        return new Text("Σ" + subscript(scope) + "(" + inner + ")", ATOM);
    }

    private static String subscript(Scope scope) {
        return switch (scope) {
            case ROW -> "_row";
            case TENSOR -> "";
            case ALL -> "_all";
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
