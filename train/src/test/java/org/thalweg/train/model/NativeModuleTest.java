package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Extras;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;

/** A module put together in Java from libtorch's own parts. */
class NativeModuleTest {
    /** As users of the presets write it. */
    private static final class Small extends Module {
        private final LinearImpl first;
        private final BatchNorm1dImpl norm;
        private final LinearImpl second;

        Small() {
            first = register_module("first", new LinearImpl(6, 8));
            norm = register_module("norm", new BatchNorm1dImpl(new BatchNormOptions(8)));
            second = register_module("second", new LinearImpl(8, 3));
        }

        Tensor forward(Tensor input) {
            return second.forward(torch.relu(norm.forward(first.forward(input))));
        }
    }

    private static Batch batch() {
        torch.manual_seed(5);
        return new Batch(
                torch.randn(12, 6),
                torch.arange(new org.bytedeco.pytorch.Scalar(12))
                        .remainder(new org.bytedeco.pytorch.Scalar(3))
                        .to(torch.ScalarType.Long),
                12);
    }

    /** The same steps as a model of our own layers that started from the same weights, to the last bit. */
    @Test
    void trainsAsOurOwnLayersDo() {
        Engine.start();
        Model model = new Model("small", List.of(new Linear(8), new BatchNorm(), new Relu(), new Linear(3)));
        try (PointerScope _ = new PointerScope();
                Network ours = Network.build(model.plan(Shape.vector(6)), 4)) {
            torch.manual_seed(4);
            Small module = new Small();
            try (Network theirs = Network.of(module, module::forward, Shape.vector(6))) {
                assertThat(theirs.parameters())
                        .extracting(Parameter::name)
                        .containsExactly(
                                "first.weight",
                                "first.bias",
                                "norm.weight",
                                "norm.bias",
                                "second.weight",
                                "second.bias");
                train(ours);
                train(theirs);
                assertThat(bytes(theirs)).containsExactlyElementsOf(bytes(ours));
                Tensor inputs = batch().inputs();
                try (NoGradGuard _ = new NoGradGuard()) { // as in evaluation; with gradients ours are made to bend
                    assertThat(theirs.forward(inputs, false).equal(ours.forward(inputs, false)))
                            .isTrue();
                }
                theirs.statistics().takeAgain(List.of(batch()));
                ours.statistics().takeAgain(List.of(batch()));
                Tensor difference = theirs.forward(inputs, false)
                        .sub(ours.forward(inputs, false))
                        .abs();
                assertThat(difference.max().item_double()).isLessThan(1e-5);
                assertThatIllegalStateException().isThrownBy(theirs::plan);
            }
        }
    }

    private static void train(Network network) {
        try (Optimizer optimizer = Optimizer.of(new Adam(), Schedule.constant(0.01), network.parameters());
                TrainingStep step = new TrainingStep(network, optimizer, new CrossEntropy(), Extras.NONE)) {
            Batch batch = batch();
            for (int i = 0; i < 20; i++) {
                step.run(batch);
            }
        }
    }

    /** In the order of parameters, then buffers: as libtorch lists them, and ours sorted the same way. */
    private static List<String> bytes(Network network) {
        Map<String, StoredTensor> weights = network.weights();
        return weights.values().stream()
                .map(tensor -> Arrays.toString(tensor.data().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)))
                .sorted()
                .toList();
    }

    @Test
    void whatDoesNotFitIsTold() {
        Engine.start();
        try (PointerScope _ = new PointerScope()) {
            Small module = new Small();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Network.of(module, module::forward, Shape.vector(7)))
                    .withMessageContaining("shapes cannot be multiplied");
            module.to(torch.ScalarType.Double, false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Network.of(module, module::forward, Shape.vector(6)))
                    .withMessageContaining("only float32 can be trained");
        }
    }
}
