package org.thalweg.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Shape;
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
    void softTargetsMayStandAtPositions() {
        float[] soft = new float[12];
        for (int i = 0; i < 12; i++) {
            soft[i] = (i % 3 == CLASSES[i / 3] ? 0.7f : 0) + 0.1f;
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor loss = new CrossEntropy().mean(floats(SCORES, 2, 2, 3), floats(soft, 2, 2, 3));
            assertThat(loss.item_double()).isCloseTo(crossEntropy(0.3), within(1e-6));
        }
    }

    /** log(1 + exp(-y output)), written out, with outputs at which the naive form overflows. */
    @Test
    void theLogisticLossIsAsDefined() {
        float[] outputs = {0.5f, -2, 100, -100, 3};
        long[] classes = {1, 0, 1, 1, 0};
        double expected = 0;
        for (int i = 0; i < 5; i++) {
            double wrong = (classes[i] == 1 ? -1 : 1) * outputs[i];
            expected += (Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)))) / 5;
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor loss = new Logistic().mean(floats(outputs, 5, 1), whole(classes, 5));
            assertThat(loss.item_double()).isCloseTo(expected, within(1e-5));
        }
    }

    @Test
    void theHingeOfTwoClassesIsAsDefined() {
        float[] outputs = {0.5f, -2, 3, -0.25f, 0.75f};
        long[] classes = {1, 0, 1, 1, 0};
        for (int power : new int[] {1, 2}) {
            double expected = 0;
            for (int i = 0; i < 5; i++) {
                expected += Math.pow(Math.max(0, 1.5 - (classes[i] == 1 ? 1 : -1) * outputs[i]), power) / 5;
            }
            try (PointerScope _ = new PointerScope()) {
                Tensor loss = new Hinge(1.5, power).mean(floats(outputs, 5, 1), whole(classes, 5));
                assertThat(loss.item_double()).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void theHingeOfMoreClassesIsAsDefined() {
        for (int power : new int[] {1, 2}) {
            double expected = 0;
            for (int row = 0; row < 4; row++) {
                for (int i = 0; i < 3; i++) {
                    double right = SCORES[3 * row + (int) CLASSES[row]];
                    double lacking = Math.max(0, 0.5 - right + SCORES[3 * row + i]);
                    expected += i == CLASSES[row] ? 0 : Math.pow(lacking, power) / 3 / 4;
                }
            }
            try (PointerScope _ = new PointerScope()) {
                Tensor loss = new Hinge(0.5, power).mean(floats(SCORES, 4, 3), whole(CLASSES, 4));
                assertThat(loss.item_double()).isCloseTo(expected, within(1e-6));
            }
        }
    }

    /** One output tells two classes apart; the higher score is the class on whose side it is. */
    @Test
    void oneOutputIsScoresOfTwoClasses() {
        try (PointerScope _ = new PointerScope()) {
            for (Loss loss : List.of(new Logistic(), new Hinge())) {
                Tensor scores = loss.scores(floats(new float[] {2, -3}, 2, 1));
                assertThat(Tensors.segment(scores.contiguous()).toArray(ValueLayout.JAVA_FLOAT))
                        .containsExactly(0, 2, 0, -3);
            }
            Tensor three = floats(SCORES, 4, 3);
            assertThat(new Hinge().scores(three).equal(three)).isTrue();
        }
    }

    @Test
    void textsReadBack() {
        List<Loss> losses =
                List.of(new CrossEntropy(), new CrossEntropy(0.1), new Square(), new Logistic(), new Hinge(2, 2));
        assertThat(losses)
                .extracting(Loss::toString)
                .containsExactly(
                        "cross-entropy", "cross-entropy:smoothing=0.1", "square", "logistic", "hinge:margin=2,power=2");
        assertThat(losses)
                .allSatisfy(loss -> assertThat(Losses.parse(loss.toString())).isEqualTo(loss));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Losses.parse("hinge:power=3"))
                .withMessageContaining("1 or 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Hinge(0, 1));
    }

    @Test
    void lossesOfTwoClassesAskForOneOutput() {
        Shape shape = Shape.vector(4);
        Task two = new Task.Classification(2);
        Task three = new Task.Classification(3);
        assertThat(new Logistic().suits(three)).isFalse();
        assertThat(new Logistic().takes(Shape.vector(1), two, shape)).isTrue();
        assertThat(new Logistic().takes(Shape.vector(2), two, shape)).isFalse();
        assertThat(new Hinge().takes(Shape.vector(1), two, shape)).isTrue();
        assertThat(new Hinge().takes(Shape.vector(2), two, shape)).isTrue();
        assertThat(new Hinge().takes(Shape.vector(1), three, shape)).isFalse();
        assertThat(new CrossEntropy().takes(Shape.vector(2), two, shape)).isTrue();
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
