package org.thalweg.lab.problem;

import java.util.List;
import java.util.Objects;
import org.thalweg.optim.text.Forms;
import org.thalweg.optim.text.Names;

/**
 * The ready problems by name, and problems as text: {@code beale}, {@code quadratic:condition=100,rotation=0}, or any function
 * of x and y as an expression, {@code (1-x)^2 + 100*(y-x^2)^2}.
 */
public final class Problems {
    private static final Forms FORMS = Forms.byWholeName(
            "problem",
            List.of(
                    new Beale(),
                    new Rosenbrock(),
                    new Quadratic(),
                    new Saddle(),
                    new QuarticSaddle(),
                    new DoubleWell(),
                    new DeepLinear(),
                    new NoisyQuadratic(),
                    new DeepQuadratic(),
                    new Logistic(),
                    new Reddi(),
                    new Wilson()));

    private Problems() {}

    /** Every ready problem, or what its data are drawn from, with its defaults. */
    public static List<? extends Record> ready() {
        return FORMS.ready();
    }

    /** The names of the ready problems, in the same order. */
    public static List<String> names() {
        return FORMS.names();
    }

    /** A problem's name with the options that differ from the defaults. */
    public static String text(Record problem) {
        return FORMS.text(problem);
    }

    /** What a ready problem is and where it comes from. */
    public static About about(Record problem) {
        return Objects.requireNonNull(
                problem.getClass().getAnnotation(About.class),
                problem.getClass().getName());
    }

    /** The problem itself. */
    public static Problem of(Record ready) {
        return switch (ready) {
            case Problem problem -> problem;
            case Drawn drawn -> drawn.draw();
            default -> throw new IllegalArgumentException(ready + " is no problem");
        };
    }

    /**
     * Reads a problem from text: the name of a ready one, with options or without, or an expression.
     *
     * @throws IllegalArgumentException if the text is neither; the message says where, what was expected, and the nearest name
     */
    public static Problem parse(String text) {
        return isNamed(text) || ExpressionParser.isName(text) ? of(FORMS.parse(text)) : ExpressionParser.parse(text);
    }

    private static boolean isNamed(String text) {
        String name = text.split(":", 2)[0].strip();
        return names().stream().anyMatch(known -> Names.same(known, name));
    }
}
