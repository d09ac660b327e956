package org.thalweg.train.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Hinge;
import org.thalweg.train.model.Initialisation.KaimingNormal;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.LeakyRelu;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.MaxPool;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.Sequence;
import org.thalweg.train.model.layer.StochasticDepth;
import org.thalweg.train.model.ready.Models;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ModelTextTest {
    private static final String YAML = """
            name: small
            initialisation: kaiming-normal
            loss: hinge:power=2
            layers:
            - conv2d: {channels: 8, kernel: 3}
            - relu
            - max-pool: 2
            - residual:
                body:
                - batch-norm: {ghost: 16}
                - leaky-relu: 0.1
                - conv2d: {channels: 8, kernel: 3, padding: 1, bias: false}
                - stochastic-depth: {probability: 0.1, mode: batch}
                alpha: 0.2
            - linear: 10
            """;

    private static final Model SMALL = new Model(
                    "small",
                    List.of(
                            new Conv2d(8, 3),
                            new Relu(),
                            new MaxPool(2),
                            new Residual(
                                    List.of(
                                            new BatchNorm(0.1, 1e-5, 16, 1),
                                            new LeakyRelu(0.1),
                                            new Conv2d(8, 3, 1).withoutBias(),
                                            new StochasticDepth(0.1, StochasticDepth.Mode.BATCH)),
                                    List.of(),
                                    0.2,
                                    1),
                            new Linear(10)))
            .with(new KaimingNormal())
            .with(new Hinge(1, 2));

    @TempDir
    private Path folder;

    @Test
    void readsWhatPeopleWrite() {
        assertThat(ModelText.parse(YAML, "small.yaml")).isEqualTo(SMALL);
    }

    @Test
    void writesWhatPeopleWrite() {
        assertThat(ModelText.yaml(SMALL)).isEqualTo(YAML);
    }

    static Stream<Model> models() {
        Stream<Model> ready = Models.ready().stream()
                .map(architecture -> architecture.model(Shape.image(3, 32, 32), new Task.Classification(10)));
        SplitMix64 random = new SplitMix64(3);
        return Stream.concat(ready, IntStream.range(0, 50).mapToObj(i -> RandomLayers.model(random)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsWrittenReadsBackTheSame(Model model) {
        String yaml = ModelText.yaml(model);
        assertThat(ModelText.parse(yaml, "text")).isEqualTo(model);
        String json = JsonMapper.shared().writeValueAsString(ModelText.json(model));
        Map<String, ?> read = JsonMapper.shared().readValue(json, new TypeReference<>() {});
        assertThat(ModelText.ofJson(read, "config.json")).isEqualTo(model);
        assertThat(ModelText.parse(json, "JSON is YAML")).isEqualTo(model);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("", "it is empty"),
                Arguments.of("layers: [relu", "line 1, column"),
                Arguments.of("layers:\n- relu\n---\nlayers: []", "a second document"),
                Arguments.of("- relu", "line 1, column 1: a model was expected"),
                Arguments.of("name: a", "a model needs a list of layers"),
                Arguments.of("layers: relu", "line 1, column 9: a list of layers was expected"),
                Arguments.of("layers: []", "has no layers"),
                Arguments.of(
                        "layer: [relu]",
                        "line 1, column 8: there is no part of a model \"layer\"; did you mean layers?"),
                Arguments.of("layers:\n- rellu", "line 2, column 3: there is no layer \"rellu\"; did you mean"),
                Arguments.of("layers:\n- linear", "line 2, column 3: the layer linear needs its outputs"),
                Arguments.of("layers:\n- linear: ten", "line 2, column 11: outputs: expected a whole number"),
                Arguments.of("layers:\n- linear: 0", "line 2, column 3: outputs of a linear layer must be at least 1"),
                Arguments.of("layers:\n- linear: [1]", "line 2, column 11: outputs must be a whole number"),
                Arguments.of(
                        "layers:\n- linear: {outputs: 1, bais: true}",
                        "line 2, column 30: there is no option \"bais\"; did you mean bias?"),
                Arguments.of("layers:\n- linear: {outputs: 1, Outputs: 2}", "outputs is given twice"),
                Arguments.of("layers:\n- linear: 1\n  relu: 2", "line 2, column 3: a layer was expected"),
                Arguments.of("layers:\n- relu: 3", "line 2, column 9: this layer has no options"),
                Arguments.of("layers: [[relu]]", "line 1, column 10: a layer was expected"),
                Arguments.of("layers:\n- residual: {body: [relu], body: [relu]}", "body is given twice"),
                Arguments.of("layers:\n- residual: {body: relu}", "line 2, column 20: a list of layers was expected"),
                Arguments.of("layers:\n- residual: {body: []}", "the body of a residual connection has no layers"),
                Arguments.of("layers:\n- {? [a] : b}", "line 2, column 6: a name was expected"),
                Arguments.of("layers: &a [relu]", "line 1, column 9: anchors and aliases"),
                Arguments.of("layers: !!java.net.URL [relu]", "line 1, column 9: the tag"),
                Arguments.of("layers: [!!javax.script.ScriptEngineManager relu]", "the tag"),
                Arguments.of("name: ../../etc\nlayers: [relu]", "a model's name is made of"),
                Arguments.of("name: [a]\nlayers: [relu]", "line 1, column 7: a text was expected"),
                Arguments.of("initialisation: xavier\nlayers: [relu]", "there is no initialisation \"xavier\""),
                Arguments.of("loss: hinges\nlayers: [relu]", "there is no loss \"hinges\"; did you mean hinge?"),
                Arguments.of("layers: [\"\\u0000\"]", "there is no layer"),
                Arguments.of(
                        "layers: [" + "{sequence: [".repeat(200) + "relu" + "]}".repeat(200) + "]",
                        "nested more than 100 deep"),
                Arguments.of("[".repeat(100_000), "nested more than 100 deep"),
                Arguments.of("# " + "x".repeat(2_000_000) + "\nlayers: [relu]", "this is not YAML: "));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreToldWithTheirPlace(String yaml, String told) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.parse(yaml, "my.yaml"))
                .withMessageStartingWith("my.yaml is no model: ")
                .withMessageContaining(told)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(1000));
    }

    @Test
    void mistakesInJsonAreToldWithTheirPath() {
        Map<String, ?> json = Map.of("layers", List.of("relu", Map.of("residual", Map.of("body", List.of("rellu")))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.ofJson(json, "config.json"))
                .withMessageStartingWith("config.json holds no model: layers[1].residual.body[0]: there is no layer");
    }

    @Test
    void filesAreReadByTheirNames() throws IOException {
        Path file = Files.writeString(folder.resolve("my first model.yaml"), "layers: [relu]");
        assertThat(ModelText.read(file)).isEqualTo(new Model("my-first-model", List.of(new Relu())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.read(folder.resolve("none.yaml")))
                .withMessageContaining("there is no file");
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.read(file))
                .withMessageContaining("UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelText.read(folder))
                .withMessageContaining("cannot be read");
    }

    /** Whatever is written, a model comes out or one sentence. */
    @Test
    void nothingButAModelOrASentenceComesOfAnyText() {
        SplitMix64 random = new SplitMix64(9);
        List<String> parts = List.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\n",
                "- ",
                "relu",
                "layers",
                "  ",
                "\"",
                "'",
                "1e9",
                "-1",
                "&",
                "*a",
                "!!",
                "\t",
                "#",
                "|",
                ">",
                "residual",
                "body",
                "?",
                "\u0000");
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(YAML);
            for (int change = random.below(4); change >= 0; change--) {
                int at = random.below(text.length());
                text.replace(at, Math.min(text.length(), at + random.below(4)), parts.get(random.below(parts.size())));
            }
            Throwable thrown = catchThrowable(() -> ModelText.parse(text.toString(), "text"));
            if (thrown != null) {
                assertThat(thrown).as(text.toString()).isInstanceOf(IllegalArgumentException.class);
                assertThat(thrown.getMessage()).startsWith("text is no model: ").doesNotContain("\n");
            }
        }
    }

    @Test
    void knowsEveryLayerByName() {
        assertThat(ModelText.layerNames())
                .contains("conv2d", "standardised-conv2d", "batch-norm", "max-pool", "residual", "attention", "lstm")
                .allSatisfy(name -> assertThat(name).matches("[a-z0-9-]+"))
                .doesNotHaveDuplicates();
        assertThat(ModelText.layerNames().stream().collect(Collectors.joining()))
                .doesNotContain("null");
        assertThat(new Sequence(new Relu())).isEqualTo(new Sequence(List.of(new Relu())));
        assertThat(new CrossEntropy(0.1)).hasToString("cross-entropy:smoothing=0.1");
    }
}
