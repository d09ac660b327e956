package org.thalweg.train.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.run.Document;

/**
 * The estimates against the closed form of linear regression: with {@code x ~ N(0, H)}, {@code y = x w* + noise} and the square
 * loss, an example's gradient {@code 2 x (x d - noise)} at {@code d = w - w*} has mean {@code 2 H d} and covariance
 * {@code 4 (H (d H d + sigma^2) + H d d' H)}, the fourth moments of a normal distribution being what they are.
 */
class NoiseMeterTest {
    /** The diagonal of H. */
    private static final double[] H = {4, 1, 0.5, 0.25, 0.1};

    private static final double[] D = {0.3, -0.5, 0.2, 0.7, -1};
    private static final double SIGMA = 0.8;

    private static double signal() {
        return IntStream.range(0, H.length)
                .mapToDouble(i -> 4 * H[i] * D[i] * H[i] * D[i])
                .sum();
    }

    private static double trace() {
        double trace = IntStream.range(0, H.length).mapToDouble(i -> H[i]).sum();
        double curved = IntStream.range(0, H.length)
                .mapToDouble(i -> D[i] * H[i] * D[i])
                .sum();
        return 4 * trace * (curved + SIGMA * SIGMA) + signal();
    }

    private static double[] gradient(Random random, int examples) {
        double[] mean = new double[H.length];
        for (int n = 0; n < examples; n++) {
            double[] x = IntStream.range(0, H.length)
                    .mapToDouble(i -> Math.sqrt(H[i]) * random.nextGaussian())
                    .toArray();
            double error = -SIGMA * random.nextGaussian();
            for (int i = 0; i < H.length; i++) {
                error += x[i] * D[i];
            }
            for (int i = 0; i < H.length; i++) {
                mean[i] += 2 * x[i] * error / examples;
            }
        }
        return mean;
    }

    private static double square(double[] vector) {
        return IntStream.range(0, vector.length)
                .mapToDouble(i -> vector[i] * vector[i])
                .sum();
    }

    /** A batch in pieces of different sizes. */
    private static GradientNorms norms(Random random, int... sizes) {
        int all = IntStream.of(sizes).sum();
        double[] whole = new double[H.length];
        double small = 0;
        for (int size : sizes) {
            double[] piece = gradient(random, size);
            small += square(piece) * size / all;
            for (int i = 0; i < whole.length; i++) {
                whole[i] += piece[i] * size / all;
            }
        }
        return new GradientNorms(sizes.length, small, all, square(whole));
    }

    @Test
    void bothEstimatesAreUnbiasedAlsoForUnevenPieces() {
        Random random = new Random(3);
        int measurements = 40_000;
        double[] traces = new double[measurements];
        double[] signals = new double[measurements];
        for (int i = 0; i < measurements; i++) {
            GradientNorms norms = norms(random, 5, 2, 1);
            traces[i] = norms.trace();
            signals[i] = norms.signal();
        }
        assertThat(mean(traces)).isCloseTo(trace(), within(4 * standardError(traces)));
        assertThat(mean(signals)).isCloseTo(signal(), within(4 * standardError(signals)));
        // and the error is small enough that a wrong divisor would show
        assertThat(standardError(traces)).isLessThan(0.02 * trace());
        assertThat(standardError(signals)).isLessThan(0.03 * signal());
    }

    private static double mean(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** The distance from the closed form, in standard errors, is spread as those are: 200 times over. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.97})
    void theStandardErrorIsWhatTheEstimateScattersBy(double keep) {
        Random random = new Random(11);
        double expected = trace() / signal();
        int times = 200;
        double squares = 0;
        for (int i = 0; i < times; i++) {
            NoiseMeter meter = new NoiseMeter(keep);
            for (int j = 0; j < 400; j++) {
                meter.add(norms(random, 16, 16, 16, 16));
            }
            NoiseScale scale = meter.scale().orElseThrow();
            double distance = (scale.examples() - expected) / scale.standardError();
            squares += distance * distance;
            assertThat(scale.known()).isTrue();
        }
        assertThat(Math.sqrt(squares / times)).isBetween(0.85, 1.2);
    }

    @Test
    void twoEquationsForTwoUnknowns() {
        // |G|^2 = 2 and tr(Sigma) = 48: expected squares 2 + 48 / 4 = 14 of four examples and 2 + 48 / 16 = 5 of
        // sixteen
        GradientNorms norms = new GradientNorms(4, 14, 16, 5);
        assertThat(norms.trace()).isCloseTo(48, within(1e-12));
        assertThat(norms.signal()).isCloseTo(2, within(1e-12));
    }

    @Test
    void whatCannotBeToldIsNotTold() {
        NoiseMeter meter = new NoiseMeter(1);
        assertThat(meter.scale()).isEmpty();
        meter.add(new GradientNorms(4, Double.NaN, 16, 5));
        assertThat(meter.scale()).isEmpty();
        meter.add(new GradientNorms(4, 14, 16, 5));
        NoiseScale single = meter.scale().orElseThrow();
        assertThat(single.examples()).isCloseTo(24, within(1e-12));
        assertThat(single.standardError()).isNaN();
        assertThat(single.known()).isFalse();
        assertThat(single.advice()).contains("cannot be told yet");
        meter.add(new GradientNorms(4, 40, 16, 1)); // noise that outweighs the gradient
        assertThat(meter.scale().orElseThrow().examples()).isInfinite();
        assertThatIllegalArgumentException().isThrownBy(() -> new GradientNorms(1, 1, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GradientNorms(5, 1, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMeter(0));
    }

    @Test
    void goesOnWhereItWasSaved() {
        Random random = new Random(5);
        NoiseMeter meter = new NoiseMeter(0.9);
        for (int i = 0; i < 30; i++) {
            meter.add(norms(random, 4, 4));
        }
        NoiseMeter restored = new NoiseMeter(0.9);
        restored.restore(Document.of(meter.json()));
        GradientNorms next = norms(random, 4, 4);
        meter.add(next);
        restored.add(next);
        assertThat(restored.scale()).isEqualTo(meter.scale());
        assertThat(NoiseScale.read(Document.of(meter.scale().orElseThrow().json())))
                .isEqualTo(meter.scale().orElseThrow());
    }

    /** Equation 2.11, and the example that everyone remembers: at the critical batch size both cost twice. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 32, 500, 1e6})
    void stepsAndExamplesTradeOff(double batch) {
        Tradeoff tradeoff = new Tradeoff(500);
        assertThat((tradeoff.steps(batch) - 1) * (tradeoff.examples(batch) - 1)).isCloseTo(1, within(1e-12));
        assertThat(tradeoff.steps(500)).isEqualTo(2);
        assertThat(tradeoff.examples(500)).isEqualTo(2);
        // E = S B with E_min = S_min B_crit
        assertThat(tradeoff.steps(batch) * batch).isCloseTo(tradeoff.examples(batch) * 500, within(1e-6 * batch));
        assertThat(tradeoff.steps(1000, 500, 100)).isCloseTo(75, within(1e-12));
    }
}
