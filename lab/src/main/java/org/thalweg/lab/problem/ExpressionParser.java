package org.thalweg.lab.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Source;

/**
 * Reads functions of x and y:
 *
 * <pre>{@code
 * sum     = product { ( "+" | "-" ) product }
 * product = signed { ( "*" | "/" ) signed }
 * signed  = { "+" | "-" } power
 * power   = atom [ "^" signed ]                 from right to left: -x^2 is -(x^2), x^y^2 is x^(y^2)
 * atom    = number | "x" | "y" | "pi" | "e" | name "(" sum ")" | "pow" "(" sum "," sum ")" | "(" sum ")"
 * }</pre>
 */
final class ExpressionParser {
    private static final Pattern NUMBER = Pattern.compile("(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
    private static final Pattern WORDS = Pattern.compile("\\s*([A-Za-z][A-Za-z_-]*+)\\s*(?::.*)?", Pattern.DOTALL);

    private static final int DEEPEST = 100;
    private static final String POW = "pow";

    private static final Map<String, UnaryOperator<Dual>> FUNCTIONS = Map.of(
            "sin", Dual::sin,
            "cos", Dual::cos,
            "exp", Dual::exp,
            "log", Dual::log,
            "sqrt", Dual::sqrt,
            "abs", Dual::abs,
            "tanh", Dual::tanh);
    private static final Map<String, BinaryOperator<Dual>> LEAVES = leaves();

    private final Source source;
    private final String text;
    private int position;
    private int depth;

    private ExpressionParser(String text) {
        this.source = new Source("function", text);
        this.text = text;
    }

    private static Map<String, BinaryOperator<Dual>> leaves() {
        Map<String, BinaryOperator<Dual>> leaves = new LinkedHashMap<>();
        leaves.put("x", (x, y) -> x);
        leaves.put("y", (x, y) -> y);
        leaves.put("pi", (x, y) -> Dual.constant(Math.PI));
        leaves.put("e", (x, y) -> Dual.constant(Math.E));
        return leaves;
    }

    /** Whether a text is rather meant as the name of something than as a function: {@code beale} is, {@code x-y} is not. */
    static boolean isName(String text) {
        Matcher words = WORDS.matcher(text);
        return words.matches() && !Arrays.stream(words.group(1).split("-", -1)).allMatch(LEAVES::containsKey);
    }

    /** @throws IllegalArgumentException if the text is no function; the message says where, and what was expected */
    static PlaneFunction parse(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        BinaryOperator<Dual> function = parser.sum();
        if (parser.position < text.length()) {
            throw parser.expected("an operator (+ - * / ^) or the end");
        }
        return new PlaneFunction(text.strip(), function);
    }

    private BinaryOperator<Dual> sum() {
        BinaryOperator<Dual> sum = product();
        while (true) {
            BinaryOperator<Dual> left = sum;
            if (accept('+')) {
                BinaryOperator<Dual> right = product();
                sum = (x, y) -> left.apply(x, y).plus(right.apply(x, y));
            } else if (accept('-')) {
                BinaryOperator<Dual> right = product();
                sum = (x, y) -> left.apply(x, y).minus(right.apply(x, y));
            } else {
                return sum;
            }
        }
    }

    private BinaryOperator<Dual> product() {
        BinaryOperator<Dual> product = signed();
        while (true) {
            BinaryOperator<Dual> left = product;
            if (accept('*')) {
                BinaryOperator<Dual> right = signed();
                product = (x, y) -> left.apply(x, y).times(right.apply(x, y));
            } else if (accept('/')) {
                BinaryOperator<Dual> right = signed();
                product = (x, y) -> left.apply(x, y).over(right.apply(x, y));
            } else {
                return product;
            }
        }
    }

    private BinaryOperator<Dual> signed() {
        boolean negative = false;
        while (true) {
            if (accept('-')) {
                negative = !negative;
            } else if (!accept('+')) {
                break;
            }
        }
        BinaryOperator<Dual> power = power();
        return negative ? (x, y) -> power.apply(x, y).negated() : power;
    }

    private BinaryOperator<Dual> power() {
        if (++depth > DEEPEST) {
            throw source.error(position, "the function is nested more than %d deep".formatted(DEEPEST));
        }
        BinaryOperator<Dual> base = atom();
        BinaryOperator<Dual> power = base;
        if (accept('^')) {
            BinaryOperator<Dual> exponent = signed();
            power = (x, y) -> base.apply(x, y).pow(exponent.apply(x, y));
        }
        depth--;
        return power;
    }

    private BinaryOperator<Dual> atom() {
        skipSpace();
        if (accept('(')) {
            return closed(sum());
        }
        int start = position;
        String number = take(NUMBER);
        if (!number.isEmpty()) {
            Dual value = Dual.constant(finite(number, start));
            return (x, y) -> value;
        }
        String name = take(NAME);
        if (name.isEmpty()) {
            throw expected("a number, x, y, a function or a parenthesis");
        }
        return named(name, start);
    }

    private double finite(String number, int start) {
        double value = Double.parseDouble(number);
        if (!Double.isFinite(value)) {
            throw source.error(start, "the number is too large");
        }
        return value;
    }

    private BinaryOperator<Dual> named(String name, int start) {
        if (name.equals(POW)) {
            require('(', "pow(a, b)");
            BinaryOperator<Dual> base = sum();
            require(',', "pow(a, b)");
            BinaryOperator<Dual> exponent = closed(sum());
            return (x, y) -> base.apply(x, y).pow(exponent.apply(x, y));
        }
        UnaryOperator<Dual> function = FUNCTIONS.get(name);
        if (function != null) {
            require('(', name + "(...)");
            BinaryOperator<Dual> argument = closed(sum());
            return (x, y) -> function.apply(argument.apply(x, y));
        }
        BinaryOperator<Dual> leaf = LEAVES.get(name);
        if (leaf == null) {
            throw source.error(start, Names.unknown("name", name, known()));
        }
        return leaf;
    }

    private static Collection<String> known() {
        return Stream.of(LEAVES.keySet().stream(), FUNCTIONS.keySet().stream().sorted(), Stream.of(POW))
                .flatMap(names -> names)
                .toList();
    }

    private BinaryOperator<Dual> closed(BinaryOperator<Dual> inside) {
        if (!accept(')')) {
            throw expected("an operator or ')'");
        }
        return inside;
    }

    private void require(char wanted, String form) {
        if (!accept(wanted)) {
            throw expected("'%c' in %s".formatted(wanted, form));
        }
    }

    private boolean accept(char wanted) {
        skipSpace();
        boolean found = position < text.length() && text.charAt(position) == wanted;
        position += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private String take(Pattern token) {
        Matcher matcher = token.matcher(text).region(position, text.length());
        String taken = matcher.lookingAt() ? matcher.group() : "";
        position += taken.length();
        return taken;
    }

    private IllegalArgumentException expected(String what) {
        skipSpace();
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return source.error(position, "expected %s, found %s".formatted(what, Source.visible(found)));
    }
}
