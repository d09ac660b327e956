package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.MaxPool;
import org.thalweg.train.model.ready.Models;

class PlanTest {
    private static final Task TEN = new Task.Classification(10);
    private static final Model CONVNET = Models.named("convnet", Shape.image(1, 28, 28), TEN);

    /** Sizes and counts as PyTorch gives them for the same network. */
    @Test
    void worksOutTheConvolutionalNetwork() {
        Plan plan = CONVNET.plan(Shape.image(1, 28, 28));
        assertThat(plan.steps())
                .extracting(step -> step.name() + " " + step.output() + " " + step.parameters())
                .containsExactly(
                        "conv1 32x26x26 320",
                        "norm1 32x26x26 64",
                        "relu1 32x26x26 0",
                        "pool1 32x13x13 0",
                        "conv2 64x11x11 18496",
                        "norm2 64x11x11 128",
                        "relu2 64x11x11 0",
                        "pool2 64x5x5 0",
                        "linear1 128 204928",
                        "relu3 128 0",
                        "linear2 10 1290");
        assertThat(plan.parameters()).isEqualTo(225_226);
        assertThat(plan.multiplications()).isEqualTo(9 * 32 * 26 * 26 + 9 * 32 * 64 * 11 * 11 + 1600 * 128 + 128 * 10);
        assertThat(plan.table()).contains("linear1", "204,928", "225,226").contains("1x28x28");
    }

    @Test
    void namesTheLayerThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONVNET.plan(Shape.image(1, 8, 8)))
                .withMessage("layer pool2 of model convnet needs at least 2x2 pixels, but its input is 64x1x1; "
                        + "choose another model or data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONVNET.plan(Shape.vector(64)))
                .withMessageContaining("layer conv1 of model convnet needs an image, but its input is 64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONVNET.plan(Shape.image(3, 2, 9)))
                .withMessageContaining("layer conv1")
                .withMessageContaining("3x3 pixels")
                .withMessageContaining("3x2x9");
    }

    @Test
    void refusesSizesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Linear(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conv2d(8, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conv2d(8, 3, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MaxPool(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Model("empty", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.image(1, 0, 3));
    }
}
