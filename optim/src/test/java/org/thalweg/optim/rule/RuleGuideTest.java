package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.Cost;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Formula;
import org.thalweg.optim.expr.Program;

/** The guide's page says what is so. */
class RuleGuideTest {
    private static final int DEFINED_AS = 4;

    private final String guide = Files.readString(Path.of("../docs/guide/rules.md"));

    RuleGuideTest() throws IOException {}

    private List<String> rows(int columns) {
        return guide.lines()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> line.split("(?<!\\\\)\\|", -1).length == columns + 2)
                .toList();
    }

    @Test
    void hasTheRowOfEveryRule() {
        assertThat(rows(6))
                .containsExactlyElementsOf(
                        Rules.ready().stream().map(RuleGuideTest::row).toList());
    }

    private static String row(Rule rule) {
        Program program = rule.program();
        About about = Objects.requireNonNull(rule.getClass().getAnnotation(About.class));
        return "| %s | %s | %s | %d | %s | %s |"
                .formatted(
                        codes(List.of(Rules.name(rule)), ""),
                        codes(Formula.of(program), "<br>"),
                        codes(program.states().stream().map(State::name).toList(), ", "),
                        Cost.of(rule).bytesPerParameter(),
                        codes(
                                Rules.options(rule).stream()
                                        .map(option -> option.name() + "=" + option.value())
                                        .toList(),
                                ", "),
                        about.source());
    }

    private static String codes(List<String> texts, String between) {
        return texts.isEmpty()
                ? "none"
                : texts.stream()
                        .map(text -> "`" + text.replace("|", "\\|") + "`")
                        .collect(Collectors.joining(between));
    }

    @Test
    void showsCompositionsThatAreWhatItSays() {
        Pattern row = Pattern.compile("\\| `(.+)` \\| .*");
        Pattern definition = Pattern.compile("\\| `(.+)` \\| `([a-z]+)`(: .*)? \\|");
        assertThat(rows(2))
                .hasSize(8)
                .allSatisfy(line -> assertThat(row.matcher(line).results())
                        .singleElement()
                        .satisfies(
                                found -> assertThat(Rules.parse(found.group(1))).isInstanceOf(Chain.class)));
        assertThat(rows(2).stream().flatMap(line -> definition.matcher(line).results()))
                .hasSize(DEFINED_AS)
                .allSatisfy(found -> assertThat(Rules.parse(found.group(1)))
                        .isEqualTo(((Composition) Rules.parse(found.group(2))).composed()));
    }

    @Test
    void endsWithTheTransforms() {
        List<String> transforms = Rules.ready().stream()
                .filter(rule -> Objects.requireNonNull(rule.getClass().getAnnotation(About.class))
                                .kind()
                        == About.Kind.TRANSFORM)
                .map(Rules::name)
                .toList();
        assertThat(Rules.names()).endsWith(transforms.toArray(String[]::new));
        assertThat(guide).contains("From `%s` on they are transforms".formatted(transforms.getFirst()));
    }

    @Test
    void quotesTheErrorAsItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.parse("adam:eps=1e-6"))
                .satisfies(error -> assertThat(guide.lines()).contains(error.getMessage()));
    }
}
