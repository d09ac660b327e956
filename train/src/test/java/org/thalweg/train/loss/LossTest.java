package org.thalweg.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Task;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;

class LossTest {
    private static final float[] SCORES = {1, -2, 0.5f, 0, 3, -1, 2, 2, 2, -1, 0, 1};
    private static final long[] CLASSES = {0, 1, 2, 2};

    private final Arena arena = Arena.ofAuto();

    private Tensor floats(float[] numbers, long... shape) {
        Engine.start();
        return Tensors.over(arena.allocateFrom(ValueLayout.JAVA_FLOAT, numbers), ScalarType.Float, shape);
    }

    private Tensor whole(long[] numbers, long... shape) {
        Engine.start();
        return Tensors.over(arena.allocateFrom(ValueLayout.JAVA_LONG, numbers), ScalarType.Long, shape);
    }

    /** Mean of -sum q log p over four examples of three classes, q being 1-s at the label and s/3 everywhere. */
    private static double crossEntropy(double smoothing) {
        double sum = 0;
        for (int row = 0; row < 4; row++) {
            double total = 0;
            for (int i = 0; i < 3; i++) {
                total += Math.exp(SCORES[3 * row + i]);
            }
            for (int i = 0; i < 3; i++) {
                double wanted = smoothing / 3 + (i == CLASSES[row] ? 1 - smoothing : 0);
                sum -= wanted * (SCORES[3 * row + i] - Math.log(total));
            }
        }
        return sum / 4;
    }

    @Test
    void crossEntropyIsAsDefined() {
        try (PointerScope _ = new PointerScope()) {
            for (double smoothing : new double[] {0, 0.1, 0.5}) {
                Tensor loss = new CrossEntropy(smoothing).mean(floats(SCORES, 4, 3), whole(CLASSES, 4));
                assertThat(loss.item_double()).isCloseTo(crossEntropy(smoothing), within(1e-6));
            }
        }
    }

    /** Positions count like examples. */
    @Test
    void positionsAreAveragedToo() {
        try (PointerScope _ = new PointerScope()) {
            Tensor loss = new CrossEntropy().mean(floats(SCORES, 2, 2, 3), whole(CLASSES, 2, 2));
            assertThat(loss.item_double()).isCloseTo(crossEntropy(0), within(1e-6));
        }
    }

    /** Soft targets: smoothed by hand they are what smoothing makes of labels. */
    @Test
    void targetsMayBeProbabilities() {
        float[] soft = new float[12];
        for (int i = 0; i < 12; i++) {
            soft[i] = (i % 3 == CLASSES[i / 3] ? 0.7f : 0) + 0.1f;
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor loss = new CrossEntropy().mean(floats(SCORES, 4, 3), floats(soft, 4, 3));
            assertThat(loss.item_double()).isCloseTo(crossEntropy(0.3), within(1e-6));
        }
    }

    @Test
    void theSquareIsAsDefined() {
        try (PointerScope _ = new PointerScope()) {
            Tensor loss =
                    new Square().mean(floats(new float[] {1, 2, 3, 4}, 2, 2), floats(new float[] {0, 4, 3, 1}, 2, 2));
            assertThat(loss.item_double()).isEqualTo((1 + 4 + 0 + 9) / 4.0);
        }
    }

    @Test
    void aLossKnowsItsTasks() {
        assertThat(Loss.standard(new Task.Classification(3))).isEqualTo(new CrossEntropy());
        assertThat(Loss.standard(new Task.NextToken(3))).isEqualTo(new CrossEntropy());
        assertThat(Loss.standard(new Task.Regression(1))).isEqualTo(new Square());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropy().check(new Task.Regression(1)))
                .withMessage(
                        "the loss cross-entropy cannot judge answers where the data asks for a number; take square");
        assertThatIllegalArgumentException().isThrownBy(() -> new CrossEntropy(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CrossEntropy(Double.NaN));
    }
}
