package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
    private static final Path SCRIPTED = Path.of("../train/src/test/resources/org/thalweg/train/model/scripted.pt");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @TempDir
    private Path folder;

    private int thalweg(String... args) {
        return Main.run(console, args);
    }

    private String printed() {
        String text = out.toString(UTF_8);
        out.reset();
        return text;
    }

    private JsonNode document() {
        return JsonMapper.shared().readTree(printed());
    }

    @Test
    void lists_every_model() {
        assertThat(thalweg("models")).isZero();
        assertThat(printed()).contains(Models.names());
        assertThat(thalweg("models", "--json")).isZero();
        JsonNode models = document();
        assertThat(models).hasSameSizeAs(Models.ready());
        for (JsonNode model : models) {
            assertThat(model.propertyNames()).containsExactly("name", "options", "summary", "source");
        }
    }

    @Test
    void shows_layers_shapes_and_parameters() {
        assertThat(thalweg("models", "resnet:norm=none")).isZero();
        assertThat(printed().lines())
                .anySatisfy(line -> assertThat(line).matches("residual2\\.shortcut\\.conv1 +32x4x4 +544"))
                .last()
                .satisfies(line -> assertThat(line).startsWith("total").endsWith("77,418"));
        assertThat(thalweg("models", "resnet:norm=none", "--json")).isZero();
        assertThat(document().get("parameters").asInt()).isEqualTo(77_418);
    }

    @Test
    void what_it_prints_as_yaml_trains() throws IOException {
        assertThat(thalweg("models", "svm", "--yaml")).isZero();
        Path file = Files.writeString(folder.resolve("mine.yaml"), printed());
        assertThat(ModelText.read(file))
                .isEqualTo(Models.named("svm", Shape.image(1, 8, 8), new Task.Classification(10)));
        assertThat(thalweg(
                        "train",
                        "digits",
                        "--model",
                        file.toString(),
                        "--epochs",
                        "2",
                        "--json",
                        "--runs",
                        folder.toString()))
                .isZero();
        JsonNode result = document();
        assertThat(result.get("testAccuracy").asDouble()).isGreaterThan(0.5);
        JsonNode config = JsonMapper.shared()
                .readTree(Files.readString(Path.of(result.get("run").asString()).resolve("config.json")));
        assertThat(config.get("loss").asString()).isEqualTo("hinge");
        assertThat(config.get("model").get("loss").asString()).isEqualTo("hinge");
    }

    @Test
    void initialisation_and_loss_can_be_chosen() throws IOException {
        assertThat(thalweg(
                        "train",
                        "digits",
                        "--model",
                        "mlp:width=16,depth=1",
                        "--init",
                        "orthogonal",
                        "--loss",
                        "cross-entropy:smoothing=0.1",
                        "--epochs",
                        "1",
                        "--json",
                        "--runs",
                        folder.toString()))
                .isZero();
        JsonNode config = JsonMapper.shared()
                .readTree(Files.readString(
                        Path.of(document().get("run").asString()).resolve("config.json")));
        assertThat(config.get("loss").asString()).isEqualTo("cross-entropy:smoothing=0.1");
        assertThat(config.get("model").get("initialisation").asString()).isEqualTo("orthogonal");
    }

    @Test
    void trains_what_comes_from_python_and_writes_it_again() {
        assertThat(thalweg(
                        "train",
                        "digits",
                        "--model",
                        SCRIPTED.toString(),
                        "--epochs",
                        "2",
                        "--json",
                        "--runs",
                        folder.toString()))
                .isZero();
        JsonNode result = document();
        assertThat(result.get("testAccuracy").asDouble()).isGreaterThan(0.4);
        Path written = Path.of(result.get("run").asString()).resolve("script1.pt");
        assertThat(thalweg("models", written.toString())).isZero();
        JsonNode shown = document(); // the console still answers in JSON
        assertThat(shown.propertyNames()).containsExactly("model", "layers", "parameters");
        assertThat(shown.get("parameters").asInt()).isEqualTo(1042);
        assertThat(shown.get("layers").get(0).get("name").asString()).isEqualTo("script1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models resnt | did you mean resnet?",
                "models none.yaml | there is no file none.yaml",
                "models none.pt | there is no file none.pt",
                "models char-lstm | layer embedding1 of model char-lstm needs tokens, but its input is 1x8x8",
                "train digits --loss square | the loss square cannot judge answers where the data asks for 10 classes",
                "train digits --loss hing | did you mean hinge?",
                "train digits --init kaiming | there is no initialisation",
                "train digits --model linear-regression | the loss square cannot judge"
            })
    void mistakes_are_told_in_one_sentence(String line, String told) {
        assertThat(thalweg(line.split(" "))).isEqualTo(Main.USAGE);
        assertThat(err.toString(UTF_8).lines())
                .filteredOn(text -> text.startsWith("thalweg: "))
                .singleElement()
                .satisfies(text -> assertThat(text).contains(told));
    }
}
