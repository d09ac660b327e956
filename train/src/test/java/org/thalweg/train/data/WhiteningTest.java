package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.Fitting.Pca;
import org.thalweg.train.data.Fitting.Zca;
import tools.jackson.databind.json.JsonMapper;

class WhiteningTest {
    private static final int FEATURES = 5;

    /** Inputs, then PCA's and ZCA's outputs; see fixtures/make_sklearn_whitening.py. */
    private static double[][] fixture() throws IOException {
        try (InputStream in = Objects.requireNonNull(WhiteningTest.class.getResourceAsStream("whitening.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> Stream.of(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        }
    }

    private static Examples inputs(double[][] rows) {
        MemorySegment inputs = MemoryExamples.floats((long) rows.length * FEATURES);
        for (int i = 0; i < rows.length * FEATURES; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) rows[i / FEATURES][i % FEATURES]);
        }
        return MemoryExamples.classes(Shape.vector(FEATURES), 1, inputs, new int[rows.length]);
    }

    private static void assertColumns(Examples whitened, double[][] rows, int from) {
        for (int row = 0; row < rows.length; row++) {
            float[] numbers = Copies.input(whitened, row);
            for (int i = 0; i < numbers.length; i++) {
                assertThat((double) numbers[i]).isCloseTo(rows[row][from + i], within(2e-5));
            }
        }
    }

    @Test
    void pcaIsScikitLearns() throws IOException {
        double[][] rows = fixture();
        Preprocessing all = new Pca(0, 0).fit(inputs(rows));
        assertColumns(all.apply(inputs(rows)), rows, FEATURES);
        Preprocessing two = new Pca(2, 0).fit(inputs(rows));
        assertThat(two.output(Shape.vector(FEATURES))).isEqualTo(Shape.vector(2));
        assertColumns(two.apply(inputs(rows)), rows, FEATURES);
    }

    @Test
    void zcaTurnsBack() throws IOException {
        double[][] rows = fixture();
        assertColumns(new Zca(0).fit(inputs(rows)).apply(inputs(rows)), rows, 2 * FEATURES);
    }

    /** Pixels that never vary do not become infinite, and the epsilon holds small directions down. */
    @ParameterizedTest
    @ValueSource(strings = {"pca", "zca", "pca:epsilon=0", "zca:epsilon=0", "pca:components=20"})
    void whitensImages(String text) {
        Corpus digits = Corpus.load("digits", Optional.empty());
        Dataset data = Dataset.of(digits, new Split(1), Optional.of(Fitting.parse(text)), List.of());
        int size = data.shape().size();
        assertThat(data.shape()).isEqualTo(text.startsWith("zca") ? Shape.image(1, 8, 8) : Shape.vector(size));
        double[] squares = new double[size];
        for (int row = 0; row < data.train().count(); row++) {
            float[] input = Copies.input(data.train(), row);
            for (int i = 0; i < size; i++) {
                squares[i] += (double) input[i] * input[i] / data.train().count();
            }
        }
        assertThat(DoubleStream.of(squares).boxed()).allMatch(square -> square <= 1.001);
        if (text.startsWith("pca")) {
            assertThat(squares[0]).isCloseTo(1, within(1e-3));
        }
        assertThat(Copies.input(data.train().raw(), 0)).hasSize(64);
    }

    /** One example at a time, as a service would, gives the same bits as all beforehand. */
    @Test
    void oneByOneIsTheSameAsAll() throws IOException {
        Examples inputs = inputs(fixture());
        for (Fitting fitting : List.of(new Pca(3, 1e-3), new Zca(1e-3))) {
            Preprocessing whitening = fitting.fit(inputs);
            Examples all = whitening.apply(inputs);
            Examples lazy = new PreprocessedExamples(inputs, whitening);
            assertThat(all).isInstanceOf(WhitenedExamples.class);
            for (int row = 0; row < inputs.count(); row++) {
                assertThat(Copies.input(all, row)).isEqualTo(Copies.input(lazy, row));
            }
        }
    }

    @Test
    void isKeptInJson() throws IOException {
        JsonMapper json = JsonMapper.shared();
        for (Fitting fitting : List.of(new Pca(3, 1e-3), new Zca(1e-3))) {
            Preprocessing whitening = fitting.fit(inputs(fixture()));
            Map<?, ?> saved = json.readValue(json.writeValueAsString(whitening.json()), Map.class);
            assertThat(Preprocessing.of(saved, "config.json")).isEqualTo(whitening);
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Preprocessing.of(
                        Map.of("kind", "pca", "means", List.of(1, 2), "rows", 2_000_000_000, "matrix", "AAAA"),
                        "c.json"))
                .withMessage("c.json: a matrix of 2000000000x2 does not take 3 bytes");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Preprocessing.of(
                        Map.of("kind", "zca", "means", List.of(1), "rows", 1, "matrix", "?"), "c.json"))
                .withMessageStartingWith("c.json: ");
    }

    @Test
    void refusesWhatItCannotWhiten() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pca(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Zca(Double.NaN));
        Examples inputs = inputs(fixture());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pca(6, 0).fit(inputs))
                .withMessage("6 components were asked for, but there are only 5 numbers in an input");
        Examples large = MemoryExamples.classes(Shape.image(1, 100, 100), 1, MemoryExamples.floats(10_000), new int[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Zca(0).fit(large))
                .withMessageContaining("at most 4,096 numbers");
    }
}
