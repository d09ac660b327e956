package org.thalweg.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.ready.Models;

/** What the toolkit is compared with computes the same. */
class BareModulesTest {
    private static final Shape SHAPE = Shape.image(1, 12, 12);
    private static final Task TEN = new Task.Classification(10);

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet", "resnet", "resnet:norm=group", "resnet:norm=none"})
    void computesWhatTheNetworkComputes(String model) {
        Plan plan = Models.named(model, SHAPE, TEN).plan(SHAPE);
        Engine.start();
        try (PointerScope _ = new PointerScope();
                Network network = Network.build(plan, 3)) {
            BareModules bare = new BareModules(plan);
            TensorVector theirs = bare.parameters();
            assertThat(theirs.size()).isEqualTo(network.parameters().size());
            for (int i = 0; i < theirs.size(); i++) {
                Parameter ours = network.parameters().get(i);
                Tensors.segment(theirs.get(i).detach()).copyFrom(ours.value());
            }
            torch.manual_seed(1);
            Tensor inputs = torch.randn(8, 1, 12, 12);
            for (int pass = 0; pass < 2; pass++) {
                Tensor difference = network.forward(inputs, true)
                        .sub(bare.forward(inputs))
                        .abs()
                        .max();
                assertThat(difference.item_double()).isLessThan(1e-5);
            }
        }
    }

    @Test
    void tellsWhatItHasNot() {
        Plan plan = Models.named("nf-resnet", SHAPE, TEN).plan(SHAPE);
        Engine.start();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BareModules(plan))
                .withMessageContaining("the bare loop has no conv1");
    }
}
