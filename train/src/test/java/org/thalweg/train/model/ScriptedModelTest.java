package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.TorchScript;
import org.thalweg.train.model.text.ModelText;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** TorchScript files exported from PyTorch, against what PyTorch makes of the same numbers. */
class ScriptedModelTest {
    private static final Shape SHAPE = Shape.image(1, 8, 8);
    private static final double CLOSE = 2e-6;

    @TempDir
    private Path folder;

    private final Arena arena = Arena.ofAuto();
    private JsonNode oracle = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void readTheOracle() throws IOException {
        oracle = JsonMapper.shared().readTree(Files.readString(file("scripted.json")));
        Engine.start();
    }

    private Path file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ScriptedModelTest.class.getResourceAsStream(name), name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private Network network(String name) throws IOException {
        return Network.build(Model.exported(file(name)).plan(SHAPE), 1);
    }

    private static double[] numbers(JsonNode node) {
        return node.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    private Tensor inputs() {
        double[] numbers = numbers(oracle.get("inputs"));
        MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) numbers[i]);
        }
        return Tensors.over(memory, ScalarType.Float, 5, 1, 8, 8);
    }

    private Batch batch() {
        Tensor labels = Tensors.over(arena.allocateFrom(ValueLayout.JAVA_LONG, 0, 1, 2, 3, 4), ScalarType.Long, 5);
        return new Batch(inputs(), labels, 5);
    }

    private static void assertClose(MemorySegment actual, JsonNode expected, String what) {
        float[] numbers = actual.toArray(ValueLayout.JAVA_FLOAT);
        double[] wanted = numbers(expected);
        assertThat(numbers).as(what).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) numbers[i]).as(what).isCloseTo(wanted[i], within(CLOSE));
        }
    }

    @Test
    void evaluatesAndTrainsAsInPython() throws IOException {
        try (PointerScope _ = new PointerScope();
                Network network = network("scripted.pt")) {
            Batch batch = batch();
            assertClose(
                    Tensors.segment(network.forward(batch.inputs(), false)), oracle.get("evaluation"), "evaluation");
            Tensor outputs = network.forward(batch.inputs(), true);
            assertClose(Tensors.segment(outputs), oracle.get("training"), "training");
            Tensor loss = torch.cross_entropy(outputs, batch.targets());
            loss.backward();
            assertThat(loss.item_double()).isCloseTo(oracle.get("loss").doubleValue(), within(CLOSE));
            assertThat(network.parameters())
                    .extracting(Parameter::name)
                    .containsExactly(
                            "script1.features.0.weight",
                            "script1.features.0.bias",
                            "script1.features.1.weight",
                            "script1.features.1.bias",
                            "script1.head.weight",
                            "script1.head.bias");
            for (Parameter parameter : network.parameters()) {
                String name = parameter.name().substring("script1.".length());
                assertClose(
                        parameter.gradient().orElseThrow(),
                        oracle.get("gradients").get(name),
                        name);
            }
            Map<String, StoredTensor> weights = network.weights();
            for (String name : List.of("features.1.running_mean", "features.1.running_var")) {
                MemorySegment running =
                        Objects.requireNonNull(weights.get("script1." + name)).data();
                assertClose(running, oracle.get("buffers").get(name), name);
            }
            assertThat(batches(network)).isEqualTo(1);
        }
    }

    private static long batches(Network network) {
        return Objects.requireNonNull(network.weights().get("script1.features.1.num_batches_tracked"))
                .data()
                .get(ValueLayout.JAVA_LONG, 0);
    }

    /** The plan is found by trying; trying changes neither the file's statistics nor the random numbers that follow. */
    @Test
    void theShapeIsFoundByTrying() throws IOException {
        Model model = Model.exported(file("scripted.pt"));
        torch.manual_seed(3);
        float before = torch.rand(1).item_float();
        torch.manual_seed(3);
        Plan plan = model.plan(SHAPE);
        assertThat(torch.rand(1).item_float()).isEqualTo(before);
        assertThat(plan.output()).isEqualTo(Shape.vector(10));
        assertThat(plan.parameters()).isEqualTo(6 * 9 + 6 + 12 + 960 + 10);
        assertThat(plan.table()).contains("script1", "1,042");
        try (Network network = Network.build(plan, 1)) {
            assertThat(batches(network)).isZero();
        }
        assertThat(model.name()).isEqualTo("scripted");
    }

    @Test
    void dropoutGoesByTheMode() throws IOException {
        try (PointerScope _ = new PointerScope();
                Network network = network("dropout.pt")) {
            Tensor inputs = inputs();
            assertThat(network.forward(inputs, false).equal(network.forward(inputs, false)))
                    .isTrue();
            assertThat(network.forward(inputs, true).equal(network.forward(inputs, true)))
                    .isFalse();
            assertThat(network.forward(inputs, false).equal(network.forward(inputs, false)))
                    .isTrue();
        }
    }

    /** Momentum 0.2, which no attribute of the file says: statistics taken again are those of the batch. */
    @Test
    void statisticsAreTakenAgain() throws IOException {
        try (PointerScope _ = new PointerScope();
                Network network = network("scripted.pt")) {
            Batch batch = batch();
            network.statistics().takeAgain(List.of(batch, batch));
            double[] after = numbers(oracle.get("buffers").get("features.1.running_mean"));
            float[] taken = Objects.requireNonNull(network.weights().get("script1.features.1.running_mean"))
                    .data()
                    .toArray(ValueLayout.JAVA_FLOAT);
            for (int i = 0; i < after.length; i++) {
                assertThat((double) taken[i]).isCloseTo(after[i] / 0.2, within(2e-6));
            }
            assertThat(batches(network)).isEqualTo(2);
        }
    }

    /** What was written loads in a new network, with what it has learnt since. */
    @Test
    void writesTorchScriptAgain() throws IOException {
        Path written = Files.createDirectory(folder.resolve("run"));
        Model model = Model.exported(file("scripted.pt"));
        Tensor inputs = inputs();
        try (PointerScope _ = new PointerScope();
                Network network = Network.build(model.plan(SHAPE), 1)) {
            MemorySegment bias = network.parameters().getLast().value();
            bias.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 5);
            network.forward(inputs, true);
            network.exportScripts(written);
            assertThat(written).isDirectoryContaining("glob:**script1.pt");
            try (Network again = Network.build(ScriptFiles.in(written, model).plan(SHAPE), 1)) {
                assertThat(again.forward(inputs, false).equal(network.forward(inputs, false)))
                        .isTrue();
            }
        }
    }

    /** With layers before, behind and around: the stored model names its files in the folder that it is stored in. */
    @Test
    void isALayerAmongOthers() throws IOException {
        Model model = new Model(
                "tuned",
                List.of(
                        new Residual(List.of(new Relu())),
                        new Residual(
                                List.of(new TorchScript(file("plain-traced.pt"))),
                                List.of(new TorchScript(file("scripted.pt")))),
                        new Linear(3)));
        Path run = Files.createDirectory(folder.resolve("run"));
        try (PointerScope _ = new PointerScope();
                Network network = Network.build(model.plan(SHAPE), 1)) {
            network.exportScripts(run);
            String json = JsonMapper.shared().writeValueAsString(ModelText.json(ScriptFiles.in(Path.of(""), model)));
            assertThat(json)
                    .contains("\"residual2.body.script1.pt\"", "\"residual2.shortcut.script1.pt\"")
                    .doesNotContain(folder.toString());
            Model stored = ModelText.ofJson(
                    JsonMapper.shared().readValue(json, new TypeReference<Map<String, Object>>() {}),
                    "config.json",
                    run);
            try (Network again = Network.build(stored.plan(SHAPE), 2)) {
                again.load(network.weights());
                assertThat(again.forward(inputs(), false).equal(network.forward(inputs(), false)))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "double.pt | its body.1.weight is of type Double, and only float32 can be trained",
                "pair.pt | it answers with a tuple, where one tensor is needed",
                "scripted.json | is no TorchScript file"
            })
    void whatCannotBeTrainedIsTold(String name, String told) throws IOException {
        Model model = Model.exported(file(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.plan(SHAPE))
                .withMessageContaining(name)
                .withMessageContaining(told)
                .withMessageNotContaining("\n");
    }

    @Test
    void frozenNormalisationIsTold() throws IOException {
        Plan plan = Model.exported(file("traced.pt")).plan(SHAPE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.build(plan, 1))
                .withMessageContaining("traced")
                .withMessageContaining("torch.jit.script");
    }

    @Test
    void dataThatDoesNotFitIsTold() throws IOException {
        Model model = Model.exported(file("scripted.pt"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.plan(Shape.image(3, 8, 8)))
                .withMessageContaining("layer script1 of model scripted cannot use")
                .withMessageContaining("but its input is 3x8x8")
                .withMessageNotContaining("\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Model.exported(folder.resolve("none.pt")).plan(SHAPE))
                .withMessageContaining("there is no file");
    }

    /** Files cut short and bytes turned: a sentence or a module, never a crash. */
    @Test
    void damagedFilesAreTold() throws IOException {
        byte[] whole = Files.readAllBytes(file("plain-traced.pt"));
        for (int i = 0; i < 40; i++) {
            byte[] damaged = i % 2 == 0 ? java.util.Arrays.copyOf(whole, whole.length * i / 40) : whole.clone();
            if (i % 2 == 1) {
                damaged[whole.length * i / 40] ^= 0x55;
            }
            Path file = Files.write(folder.resolve("damaged.pt"), damaged);
            try {
                Model.exported(file).plan(SHAPE);
            } catch (IllegalArgumentException e) {
                assertThat(String.valueOf(e.getMessage()))
                        .contains("damaged.pt")
                        .doesNotContain("\n");
            }
        }
    }
}
