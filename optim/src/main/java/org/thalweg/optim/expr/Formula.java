package org.thalweg.optim.expr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thalweg.optim.expr.Expr.Binary;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Condition;
import org.thalweg.optim.expr.Expr.Constant;
import org.thalweg.optim.expr.Expr.FusedMultiplyAdd;
import org.thalweg.optim.expr.Expr.Gradient;
import org.thalweg.optim.expr.Expr.Hyper;
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
import org.thalweg.optim.expr.Expr.UnaryOp;

/** Prints a program the way a paper writes it, one line for each assignment, the parameter's last. */
public final class Formula {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int POWER = 3;
    private static final int ATOM = 4;

    /** From how many operations on an expression that stands in several places gets a name. */
    private static final int LONG = 3;

    private final IdentityHashMap<Expr, String> named = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Integer> uses = new IdentityHashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private int lettered;

    private Formula() {}

    /** A text and how tightly it binds. */
    private record Text(String text, int binding) {
        String in(int context) {
            return binding < context ? "(" + text + ")" : text;
        }
    }

    /**
     * The lines of a program. An expression that stands in several places is written once, as {@code u = ...}, before the
     * first line that needs it.
     */
    public static List<String> of(Program program) {
        Formula formula = new Formula();
        List<Expr> roots = new ArrayList<>();
        program.scalars().forEach(assignment -> roots.add(assignment.value()));
        program.assignments().forEach(assignment -> roots.add(assignment.value()));
        roots.add(program.parameter());
        roots.forEach(formula::count);
        for (Program.ScalarAssignment assignment : program.scalars()) {
            formula.line(assignment.state().name(), assignment.value());
        }
        for (Program.Assignment assignment : program.assignments()) {
            formula.line(assignment.state().name(), assignment.value());
        }
        formula.line("p", program.parameter());
        return formula.lines;
    }

    private void line(String name, Expr value) {
        String text = spelledOut(value).text();
        lines.add(name + " ← " + text);
        assigned.add(name);
        if (!operands(value).isEmpty()) {
            named.put(value, name);
        }
    }

    private void count(Expr expr) {
        if (uses.merge(expr, 1, Integer::sum) == 1) {
            operands(expr).forEach(this::count);
        }
    }

    /** What an expression is made of. */
    static List<Expr> operands(Expr expr) {
        return switch (expr) {
            case Select select
            when signed(select).isPresent() -> List.of(signed(select).get());
            case Constant _, Hyper _, Rate _, StepCount _, ParameterValue _, Gradient _ -> List.of();
            case State _, ScalarState _, Noise _, StepNoise _ -> List.of();
            case Unary(var _, Expr x) -> List.of(x);
            case Binary(var _, Expr x, Expr y) -> List.of(x, y);
            case FusedMultiplyAdd(Expr x, Expr y, Expr z) -> List.of(x, y, z);
            case Select(Condition condition, Expr yes, Expr no) -> List.of(condition.x(), condition.y(), yes, no);
            case Reduction(var _, var _, Expr x) -> List.of(x);
        };
    }

    /** Operations in an expression, counted as often as they would be printed; a norm prints as one, whatever is in it. */
    private static int size(Expr expr) {
        if (expr instanceof Reduction || operands(expr).isEmpty()) {
            return 0;
        }
        return 1 + operands(expr).stream().mapToInt(Formula::size).sum();
    }

    private boolean deservesAName(Expr expr) {
        return uses.getOrDefault(expr, 0) > 1 && (expr instanceof Noise || size(expr) >= LONG);
    }

    private Text print(Expr expr) {
        String name = named.get(expr);
        if (name != null) {
            return new Text(name, ATOM);
        }
        Text text = spelledOut(expr);
        if (!deservesAName(expr)) {
            return text;
        }
        String letter = "u" + (lettered++ == 0 ? "" : Integer.toString(lettered));
        lines.add(letter + (expr instanceof Noise ? " ~ " : " = ") + text.text());
        named.put(expr, letter);
        return new Text(letter, ATOM);
    }

    private Text spelledOut(Expr expr) {
        return switch (expr) {
            case Constant(double value) -> new Text(number(value), value < 0 ? SUM : ATOM);
            case Hyper hyper -> new Text(hyper.name(), ATOM);
            case Rate() -> new Text("rate", ATOM);
            case StepCount() -> new Text("t", ATOM);
            case ParameterValue() -> new Text("p", ATOM);
            case Gradient() -> new Text("g", ATOM);
            case State state -> old(state.name());
            case ScalarState state -> old(state.name());
            case Noise _ -> new Text("N(0, 1)", ATOM);
            case StepNoise _ -> new Text("N(0, 1)" + subscript(Scope.ALL), ATOM);
            case Unary(UnaryOp op, Expr x) -> unary(op, x);
            case Binary(BinaryOp op, Expr x, Expr y) -> binary(op, x, y);
            case FusedMultiplyAdd(Expr x, Expr y, Expr z) -> print(x.times(y).plus(z));
            case Select select
            when signed(select).isPresent() ->
                new Text("sign(" + print(signed(select).get()).text() + ")", ATOM);
            case Select(Condition condition, Expr yes, Expr no) ->
                new Text(
                        "(" + print(yes).text() + " if " + condition(condition) + " else "
                                + print(no).text() + ")",
                        ATOM);
            case Reduction(ReductionKind kind, Scope scope, Expr x) -> reduction(kind, scope, x);
        };
    }

    /** State from before the step: marked where its line stands above already. */
    private Text old(String name) {
        return new Text(assigned.contains(name) ? name + "[t-1]" : name, ATOM);
    }

    /** What a selection is the sign of, if it is one. */
    private static Optional<Expr> signed(Select select) {
        Expr x = select.condition().y();
        return Optional.of(x).filter(_ -> select.equals(x.sign()));
    }

    private Text unary(UnaryOp op, Expr x) {
        if (op == UnaryOp.SQRT
                && x instanceof Reduction(ReductionKind kind, Scope scope, Expr y)
                && kind == ReductionKind.SUM_OF_SQUARES) {
            return new Text("‖" + print(y).text() + "‖" + subscript(scope), ATOM);
        }
        return switch (op) {
            case NEGATE -> new Text("−" + print(x).in(PRODUCT), SUM);
            case EXP -> new Text("exp(" + print(x).text() + ")", ATOM);
            case LOG -> new Text("ln(" + print(x).text() + ")", ATOM);
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
        if (value == Double.POSITIVE_INFINITY) {
            return "∞";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
