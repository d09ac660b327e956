package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.Synthetic.Gaussians;
import org.thalweg.train.data.Synthetic.Sine;
import org.thalweg.train.data.Synthetic.Spirals;
import org.thalweg.train.data.Synthetic.Teacher;

class SyntheticTest {
    private static Examples load(String text) {
        return ((ExampleCorpus) Corpus.load(text, Optional.empty())).examples();
    }

    @Test
    void readsTheTextForm() {
        assertThat(Synthetic.parse("spirals:n=1000,noise=0.1")).isEqualTo(new Spirals(1000, 2, 0.1, 1));
        assertThat(Synthetic.parse("gaussians:n=9,classes=4,features=7,spread=0.5,seed=3"))
                .isEqualTo(new Gaussians(9, 4, 7, 0.5, 3));
        assertThat(Synthetic.parse("sine")).isEqualTo(new Sine(1000, 0.1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spirals:n=0",
                "spirals:noise=-1",
                "sine:noise=infinity",
                "gaussians:features=0",
                "gaussians:classes=100000,features=100000",
                "teacher:hidden=2000000000,features=2000000000",
                "spirals:m=3",
                "spirals:n=1,n=2",
            })
    void refusesWhatMakesNoSense(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Synthetic.parse(text));
    }

    /** An example depends on the seed and its number alone: two billion of them take no memory. */
    @Test
    void examplesAreMadeWhenTheyAreCopied() {
        Examples few = load("gaussians:n=10,seed=5");
        Examples many = load("gaussians:n=2000000000,seed=5");
        assertThat(many.count()).isEqualTo(2_000_000_000);
        assertThat(Copies.input(many, 7)).isEqualTo(Copies.input(few, 7));
        assertThat(Copies.input(many, 1_999_999_999)).isEqualTo(Copies.input(many, 1_999_999_999));
        assertThat(Copies.input(load("gaussians:n=10,seed=6"), 7)).isNotEqualTo(Copies.input(few, 7));
    }

    /** The mean and deviation of each class's points are those of the mixture. */
    @Test
    void gaussiansHaveTheirSpread() {
        int n = 30_000;
        Examples examples = load("gaussians:n=%d,classes=3,features=2,spread=0.5".formatted(n));
        double[][] sums = new double[3][2];
        double[][] squares = new double[3][2];
        int[] labels = examples.labels();
        for (int row = 0; row < n; row++) {
            float[] point = Copies.input(examples, row);
            for (int i = 0; i < 2; i++) {
                sums[labels[row]][i] += point[i] / (n / 3.0);
                squares[labels[row]][i] += point[i] * point[i] / (n / 3.0);
            }
        }
        for (int label = 0; label < 3; label++) {
            for (int i = 0; i < 2; i++) {
                double deviation = Math.sqrt(squares[label][i] - sums[label][i] * sums[label][i]);
                assertThat(deviation).isCloseTo(0.5, within(0.02));
            }
        }
        assertThat(Math.hypot(sums[0][0] - sums[1][0], sums[0][1] - sums[1][1])).isGreaterThan(0.1);
    }

    @Test
    void spiralsWithoutNoiseLieOnTheirArms() {
        Examples examples = load("spirals:n=300,arms=3,noise=0");
        int[] labels = examples.labels();
        for (int row = 0; row < 300; row++) {
            float[] point = Copies.input(examples, row);
            double radius = Math.hypot(point[0], point[1]);
            double angle = 2 * Math.PI * (1.5 * (radius - 0.1) / 0.9 + labels[row] / 3.0);
            assertThat(point[0]).isCloseTo((float) (radius * Math.cos(angle)), within(1e-5f));
            assertThat(point[1]).isCloseTo((float) (radius * Math.sin(angle)), within(1e-5f));
            assertThat(labels[row]).isEqualTo(row % 3);
        }
    }

    @Test
    void theSineHasItsNoise() {
        Examples examples = load("sine:n=20000,noise=0.2");
        double square = 0;
        for (int row = 0; row < 20_000; row++) {
            double x = Copies.input(examples, row)[0];
            assertThat(x).isBetween(-1.0, 1.0);
            double residue = Copies.numbers(examples, row)[0] - Math.sin(2 * Math.PI * x);
            square += residue * residue / 20_000;
        }
        assertThat(Math.sqrt(square)).isCloseTo(0.2, within(0.005));
    }

    /** With one feature and one hidden unit the answer is v*tanh(w*x): v and w follow from two examples, and hold for all. */
    @Test
    void theTeacherIsATanhNetwork() {
        Examples examples = load("teacher:n=400,features=1,hidden=1,noise=0");
        int far = 0;
        int near = 0;
        for (int row = 0; row < 400; row++) {
            double x = Math.abs(Copies.input(examples, row)[0]);
            far = x > Math.abs(Copies.input(examples, far)[0]) ? row : far;
            near = Math.abs(x - 0.7) < Math.abs(Math.abs(Copies.input(examples, near)[0]) - 0.7) ? row : near;
        }
        double low = Math.abs(Copies.numbers(examples, far)[0]) * (1 + 1e-9);
        double high = 1000;
        for (int i = 0; i < 200; i++) {
            double v = (low + high) / 2;
            boolean tooSmall = slope(examples, far, v) > slope(examples, near, v);
            low = tooSmall ? v : low;
            high = tooSmall ? high : v;
        }
        for (int row = 0; row < 400; row++) {
            double x = Math.abs(Copies.input(examples, row)[0]);
            double answer = low * Math.tanh(slope(examples, near, low) * x);
            assertThat((double) Math.abs(Copies.numbers(examples, row)[0])).isCloseTo(answer, within(1e-4));
        }
        assertThat(load("teacher:outputs=2").task()).isEqualTo(new Task.Regression(2));
        assertThat(new Teacher(5, 4, 3, 1, 0, 1).shape()).isEqualTo(Shape.vector(4));
    }

    private static double slope(Examples examples, int row, double v) {
        double share = Math.abs(Copies.numbers(examples, row)[0]) / v;
        return 0.5 * Math.log((1 + share) / (1 - share)) / Math.abs(Copies.input(examples, row)[0]);
    }
}
