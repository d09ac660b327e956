package org.thalweg.train.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.text.Forms;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;
import org.thalweg.train.data.Shape;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Initialisation;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.ready.Architecture;
import org.thalweg.train.model.ready.Models;

/** The guide has everything that there is, with the options that it has. */
class ModelGuideTest {
    private final String guide = Files.readString(Path.of("../docs/guide/models.md"));

    ModelGuideTest() throws IOException {}

    /** The rows of a section's table, without its head. */
    private List<String> rows(String section) {
        String text = guide.substring(guide.indexOf("\n## " + section + "\n") + 1);
        int end = text.indexOf("\n## ");
        return text.substring(0, end < 0 ? text.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    private static String codes(List<String> texts) {
        return texts.isEmpty() ? "none" : texts.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }

    @Test
    void hasTheRowOfEveryReadyModel() {
        assertThat(rows("Ready models"))
                .containsExactlyElementsOf(
                        Models.ready().stream().map(ModelGuideTest::row).toList());
    }

    private static String row(Architecture ready) {
        return "| `%s` | %s | %s | %s |"
                .formatted(Models.name(ready), ready.summary(), codes(Models.options(ready)), ready.source());
    }

    @Test
    void hasTheRowOfEveryLayer() {
        List<String> expected = LayerKinds.names().stream()
                .map(name -> "| `%s` | %s |"
                        .formatted(name, codes(options(LayerKinds.named(name).orElseThrow()))))
                .toList();
        assertThat(rows("Layers"))
                .extracting(row -> row.substring(0, row.indexOf("|", row.indexOf("|", 2) + 2) + 1))
                .containsExactlyElementsOf(expected);
    }

    private static List<String> options(Class<? extends Record> kind) {
        List<RecordComponent> components = Records.components(kind);
        List<Object> one = Records.values(sample(kind, 1));
        List<Object> other = Records.values(sample(kind, 2));
        return IntStream.range(0, components.size())
                .mapToObj(i -> {
                    String name = Names.kebab(components.get(i).getName());
                    boolean follows = !one.get(i).equals(other.get(i));
                    return i < LayerKinds.needed(kind)
                            ? name
                            : name + "="
                                    + (follows
                                            ? "size"
                                            : one.get(i).equals(List.of()) ? "[]" : Values.text(one.get(i)));
                })
                .toList();
    }

    /** With such a number wherever one is needed. */
    private static Record sample(Class<? extends Record> kind, int number) {
        List<Object> needed = new ArrayList<>();
        for (int i = 0; i < LayerKinds.needed(kind); i++) {
            Class<?> type = Records.components(kind).get(i).getType();
            needed.add(
                    type == int.class
                            ? (Object) number
                            : type == double.class
                                    ? 0.5 / number
                                    : type == List.class ? List.of(new Relu()) : Path.of("x"));
        }
        return Records.of(kind, needed);
    }

    @Test
    void hasTheRowOfEveryInitialisation() {
        assertThat(rows("Initialisations"))
                .extracting(row -> row.split(" \\| ", -1))
                .extracting(cells -> cells[0] + " " + cells[2])
                .containsExactlyElementsOf(Initialisation.READY.stream()
                        .map(ready -> "| `%s` %s"
                                .formatted(Initialisation.format(ready), codes(Forms.options((Record) ready))))
                        .toList());
    }

    @Test
    void hasTheRowOfEveryLoss() {
        assertThat(rows("Losses"))
                .extracting(row -> row.split(" \\| ", -1))
                .extracting(cells -> cells[0] + " " + cells[2].replace(" |", ""))
                .containsExactlyElementsOf(Losses.names().stream()
                        .map(name -> "| `%s` %s".formatted(name, codes(Forms.options((Record) Losses.parse(name)))))
                        .toList());
    }

    @Test
    void itsYamlIsReadAndFits() {
        List<String> blocks = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(2);
        Shape shape = Shape.image(1, 8, 8);
        assertThat(ModelText.parse(blocks.getFirst(), "guide").plan(shape).output())
                .isEqualTo(Shape.vector(10));
        assertThat(ModelText.parse(blocks.getLast(), "guide").layers()).hasSize(2);
    }

    @Test
    void quotesErrorsAsTheyAre() {
        String told = "layers:\n  - relu\n\n\n\n  - bach-norm";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.parse(told, "my.yaml"))
                .satisfies(e -> {
                    String message = String.valueOf(e.getMessage());
                    assertThat(guide).contains(message.substring(0, message.indexOf("(known: ") + 8));
                });
    }
}
