package org.thalweg.lab.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(3600)
class ExpressionParserTest {
    private static final String LIKELY = "0123456789.eE+-*/^(),xy pisncoextqrabhw_\u00e9\ud83d\u0000\n\u2028";
    private static final List<String> VALID = List.of(
            "(1-x)^2 + 100*(y-x^2)^2",
            "sin(x)*exp(-y/2) + tanh(x*y)",
            "pow(abs(x), 1.5) - log(y) / sqrt(pi + e)",
            "-x^2^y - 3e-2*cos(2*x)");

    /** Values at x = 2, y = 3, by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|2",
                "1 + 2 * y|7",
                "(1 + 2) * y|9",
                "x - y - 1|-2",
                "x / y / 2|0.3333333333333333",
                "-x^2|-4",
                "(-x)^2|4",
                "2^-x|0.25",
                "2^y^x|512",
                "--x|2",
                "+-x|-2",
                "x*-y|-6",
                "pow(y, x)|9",
                "abs(-y)|3",
                "1.5e1|15",
                ".5|0.5",
                "2.|2",
                "sqrt(x + 2)|2",
                "exp(log(y))|3",
                "log(e)|1",
                "sin(pi / 2)|1",
                "cos(0)|1",
                "tanh(0)|0",
                "x-y|-1",
                "e-x|0.7182818284590451"
            })
    void reads(String text, double value) {
        assertThat(Problems.parse(text).value(new double[] {2, 3})).isEqualTo(value, within(1e-12));
    }

    /** Derivatives at x = 2, y = 3, by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x * y|3|2",
                "x / y|0.3333333333333333|-0.2222222222222222",
                "x^3|12|0",
                "x^y|12|5.545177444479562",
                "sin(x)|-0.4161468365471424|0",
                "cos(y)|0|-0.1411200080598672",
                "exp(2*x)|109.19630006628847|0",
                "log(y)|0|0.3333333333333333",
                "sqrt(x*2)|0.5|0",
                "abs(-y)|0|1",
                "tanh(x)|0.07065082485316443|0",
                "5|0|0"
            })
    void differentiates(String text, double byX, double byY) {
        double[] gradient = Problems.parse(text).gradient(new double[] {2, 3});
        assertThat(gradient[0]).isEqualTo(byX, within(1e-12));
        assertThat(gradient[1]).isEqualTo(byY, within(1e-12));
    }

    @Test
    void a_kink_has_no_slope() {
        assertThat(Problems.parse("abs(x) + x^0").gradient(new double[2])).containsExactly(0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2x|2|expected an operator (+ - * / ^) or the end, found 'x'",
                "x +|4|expected a number, x, y, a function or a parenthesis, found the end",
                "(x + 1|7|expected an operator or ')', found the end",
                "sin x|5|expected '(' in sin(...), found 'x'",
                "pow(x)|6|expected ',' in pow(a, b), found ')'",
                "x ** 2|4|expected a number, x, y, a function or a parenthesis, found '*'",
                "1 + tan(x)|5|there is no name \"tan\"; did you mean tanh? (known: x, y, pi, e, abs, cos, exp, log, sin,"
                        + " sqrt, tanh, pow)",
                "1e999 + x|1|the number is too large",
                "x)|2|expected an operator (+ - * / ^) or the end, found ')'"
            })
    void says_where_it_ends(String text, int place, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.parse(text))
                .withMessage("cannot read function \"%s\": at character %d, %s", text, place, problem);
    }

    @Test
    void what_is_nested_too_deep_or_too_long_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.parse("(".repeat(2000) + "x" + ")".repeat(2000)))
                .withMessageContaining("nested more than 100 deep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.parse("x^".repeat(2000) + "x"))
                .withMessageContaining("nested more than 100 deep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.parse("x+".repeat(3000) + "x"))
                .withMessageContaining("too long");
        assertThat(Problems.parse("x+".repeat(2000) + "x").value(new double[] {1, 0}))
                .isEqualTo(2001);
        assertThat(Problems.parse("-".repeat(4000) + "x").value(new double[] {1, 0}))
                .isEqualTo(1);
    }

    private static void fuzz(int inputs) {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < inputs; i++) {
            String text = damaged(VALID.get(random.nextInt(VALID.size())), random);
            try {
                Problem problem = Problems.parse(text);
                assertThat(problem.gradient(new double[] {0.3, 0.7})).hasSize(2);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(String.valueOf(e.getMessage()))
                        .as("input %d: %s", i, text)
                        .hasSizeLessThan(3000)
                        .doesNotContain("\n")
                        .matches("cannot read .* at character \\d+, .+|an? .* of \\d+ characters is too long.*");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input %d: %s".formatted(i, text), e);
            }
        }
        assertThat(refused).isBetween(inputs / 3, inputs * 99 / 100);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int changes = random.nextInt(4); changes >= 0 && !damaged.isEmpty(); changes--) {
            int at = random.nextInt(damaged.length());
            char other = random.nextInt(8) == 0
                    ? (char) random.nextInt(1 << 16)
                    : LIKELY.charAt(random.nextInt(LIKELY.length()));
            switch (random.nextInt(5)) {
                case 0 -> damaged.setCharAt(at, other);
                case 1 -> damaged.insert(at, other);
                case 2 -> damaged.deleteCharAt(at);
                case 3 -> damaged.insert(at, damaged.substring(0, at));
                default -> damaged.insert(at, String.valueOf(other).repeat(1 << random.nextInt(13)));
            }
        }
        return damaged.toString();
    }

    @Test
    void survives_damage() {
        fuzz(5_000);
    }

    @Tag("slow")
    @Test
    void survives_much_damage() {
        fuzz(300_000);
    }
}
