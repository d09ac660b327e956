package org.thalweg.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.StochasticDepth;
import org.thalweg.train.model.layer.StochasticDepth.Mode;

/** What layers that draw do on average, over 20,000 draws and on a seed of their own. */
class RandomLayersTest {
    private static final int DRAWS = 20_000;

    /** Five deviations of a mean of so many draws of 0 or 1. */
    private static final double NEAR = 5 * 0.5 / Math.sqrt(DRAWS);

    private static void outputs(Layer layer, Shape shape, long count, Consumer<float[]> check) {
        Model model = new Model("random", List.of(layer));
        try (Network network = Network.build(model.plan(shape), 4);
                PointerScope _ = new PointerScope()) {
            long[] sizes = new long[shape.sizes().size() + 1];
            sizes[0] = count;
            for (int i = 1; i < sizes.length; i++) {
                sizes[i] = shape.sizes().get(i - 1);
            }
            Tensor out = network.forward(torch.ones(sizes), true).contiguous();
            check.accept(Tensors.segment(out).toArray(ValueLayout.JAVA_FLOAT));
        }
    }

    private static double mean(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    private static Set<Float> distinct(float[] numbers) {
        Set<Float> distinct = new HashSet<>();
        for (float number : numbers) {
            distinct.add(number);
        }
        return distinct;
    }

    @Test
    void dropoutKeepsTheMean() {
        outputs(new Dropout(0.2), Shape.vector(4), DRAWS / 4, out -> {
            assertThat(distinct(out)).containsExactlyInAnyOrder(0f, 1.25f);
            assertThat(mean(out)).isCloseTo(1, within(1.25 * NEAR));
        });
    }

    @Test
    void stochasticDepthKeepsTheMeanAndDropsWholeExamples() {
        outputs(new StochasticDepth(0.2), Shape.image(2, 3, 2), DRAWS, out -> {
            assertThat(distinct(out)).containsExactlyInAnyOrder(0f, 1.25f);
            assertThat(mean(out)).isCloseTo(1, within(1.25 * NEAR));
            for (int example = 0; example < DRAWS; example++) {
                for (int i = 1; i < 12; i++) {
                    assertThat(out[12 * example + i]).isEqualTo(out[12 * example]);
                }
            }
        });
    }

    @Test
    void stochasticDepthByBatchesDropsWholeBatches() {
        int kept = 0;
        Model model = new Model("random", List.of(new StochasticDepth(0.5, Mode.BATCH)));
        try (Network network = Network.build(model.plan(Shape.vector(3)), 4)) {
            for (int draw = 0; draw < 400; draw++) {
                try (PointerScope _ = new PointerScope()) {
                    float[] out = Tensors.segment(network.forward(torch.ones(5, 3), true))
                            .toArray(ValueLayout.JAVA_FLOAT);
                    assertThat(distinct(out)).hasSize(1).containsAnyOf(0f, 2f);
                    kept += out[0] > 0 ? 1 : 0;
                }
            }
        }
        assertThat(kept / 400.0).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(400)));
    }

    /** In a residual connection, an example whose branch is dropped passes as it is. */
    @Test
    void whatIsBesideADroppedBranchStays() {
        outputs(new Residual(List.of(new StochasticDepth(0.5))), Shape.vector(1), DRAWS, out -> {
            assertThat(distinct(out)).containsExactlyInAnyOrder(1f, 3f);
            assertThat(mean(out)).isCloseTo(2, within(2 * NEAR));
        });
    }
}
