package org.thalweg.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics against scikit-learn's, whatever the batches. */
class MetricsTest {
    private static JsonNode classification;
    private static JsonNode regression;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream resource = MetricsTest.class.getResourceAsStream("sklearn-metrics.json")) {
            JsonNode document = JsonMapper.shared().readTree(resource);
            classification = document.get("classification");
            regression = document.get("regression");
        }
    }

    private static float[] floats(JsonNode rows, int from, int to) {
        List<Double> numbers = new ArrayList<>();
        for (int row = from; row < to; row++) {
            rows.get(row).forEach(number -> numbers.add(number.doubleValue()));
        }
        float[] floats = new float[numbers.size()];
        IntStream.range(0, floats.length)
                .forEach(i -> floats[i] = numbers.get(i).floatValue());
        return floats;
    }

    static Answers answers(int width, float[] outputs, long... labels) {
        return new Answers(MemorySegment.ofArray(outputs), MemorySegment.ofArray(labels), labels.length, width);
    }

    /** The answers of the fixture in batches of a size; the last may be smaller. */
    private static List<Answers> batches(int size) {
        JsonNode labels = classification.get("labels");
        List<Answers> batches = new ArrayList<>();
        for (int from = 0; from < labels.size(); from += size) {
            int to = Math.min(from + size, labels.size());
            long[] right = IntStream.range(from, to)
                    .mapToLong(i -> labels.get(i).asLong())
                    .toArray();
            batches.add(answers(7, floats(classification.get("outputs"), from, to), right));
        }
        return batches;
    }

    private static double measure(Metric metric, List<Answers> batches) {
        batches.forEach(metric::add);
        return metric.value();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 203})
    void accuracies_are_those_of_scikit_learn(int batch) {
        for (int k : new int[] {1, 3, 5}) {
            TopAccuracy metric = new TopAccuracy(k);
            double expected = classification.get(metric.name()).asDouble();
            assertThat(measure(metric, batches(batch))).as(metric.name()).isCloseTo(expected, within(1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 61})
    void r2_is_that_of_scikit_learn_also_far_from_zero(int batch) {
        RSquared r2 = new RSquared(2);
        for (int from = 0; from < 61; from += batch) {
            int to = Math.min(61, from + batch);
            r2.add(new Answers(
                    MemorySegment.ofArray(floats(regression.get("outputs"), from, to)),
                    MemorySegment.ofArray(floats(regression.get("targets"), from, to)),
                    to - from,
                    2));
        }
        assertThat(r2.value()).isCloseTo(regression.get("r2").asDouble(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 203})
    void the_confusion_matrix_is_that_of_scikit_learn(int batch) {
        Confusion.Counter counter = new Confusion.Counter(7);
        batches(batch).forEach(counter::add);
        Confusion confusion = counter.confusion();
        assertThat(JsonMapper.shared().<JsonNode>valueToTree(confusion.counts()).toString())
                .isEqualTo(classification.get("confusion").toString());
        long right = IntStream.range(0, 7)
                .mapToLong(i -> confusion.counts().get(i).get(i))
                .sum();
        assertThat(right / 203.0).isEqualTo(classification.get("accuracy").asDouble());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 203})
    void the_worst_mistakes_are_the_wrong_ones_with_the_largest_losses(int batch) {
        WorstMistakes worst = WorstMistakes.ofClasses(9);
        batches(batch).forEach(worst::add);
        Answers all = batches(203).getFirst();
        JsonNode losses = classification.get("losses");
        List<Integer> expected = IntStream.range(0, 203)
                .filter(row -> all.predicted(row) != all.label(row))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -losses.get(row).asDouble()))
                .limit(9)
                .toList();
        assertThat(worst.worst()).extracting(Mistake::example).isEqualTo(expected);
        for (Mistake mistake : worst.worst()) {
            assertThat(mistake.loss()).isCloseTo(losses.get(mistake.example()).asDouble(), within(1e-12));
        }
    }

    @Test
    void a_confusion_tells_recall_precision_and_the_frequent_mix_ups() {
        Confusion confusion = new Confusion(List.of(List.of(8L, 2L, 0L), List.of(1L, 9L, 0L), List.of(4L, 0L, 0L)));
        assertThat(confusion.recall(0)).isEqualTo(0.8);
        assertThat(confusion.precision(0)).isEqualTo(8.0 / 13);
        assertThat(confusion.recall(2)).isZero();
        assertThat(confusion.precision(2)).isNaN();
        assertThat(confusion.mostFrequent(2)).containsExactly(new Confusion.Pair(2, 0, 4), new Confusion.Pair(0, 1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Confusion(List.of(List.of(1L, 2L))))
                .withMessageContaining("as many columns as rows");
    }

    @Test
    void of_equal_outputs_the_first_counts_as_the_higher() {
        Answers equal = answers(3, new float[] {1, 1, 1}, 1);
        assertThat(equal.predicted(0)).isZero();
        assertThat(measure(new TopAccuracy(1), List.of(equal))).isZero();
        assertThat(measure(new TopAccuracy(2), List.of(equal))).isEqualTo(1);
    }

    @Test
    void a_model_that_tells_no_numbers_is_never_right() {
        float none = Float.NaN;
        Answers broken = answers(3, new float[] {none, none, none, 1, none, 0}, 0, 0);
        assertThat(measure(new TopAccuracy(1), List.of(broken))).isZero();
        WorstMistakes worst = WorstMistakes.ofClasses(3);
        worst.add(broken);
        assertThat(worst.worst()).isEmpty();
        Confusion.Counter counter = new Confusion.Counter(3);
        counter.add(broken);
        assertThat(counter.confusion().ofClass(0)).isOne();
    }

    @Test
    void outputs_far_apart_overflow_nothing() {
        Answers sure = answers(2, new float[] {1000, -1000}, 1);
        WorstMistakes worst = WorstMistakes.ofClasses(1);
        worst.add(sure);
        assertThat(worst.worst()).containsExactly(new Mistake.WrongClass(0, 2000, 1, 0, 1));
    }

    @Test
    void numbers_far_off_are_kept_by_their_squared_error() {
        WorstMistakes worst = WorstMistakes.ofNumbers(2);
        worst.add(new Answers(
                MemorySegment.ofArray(new float[] {1, 2, 3}), MemorySegment.ofArray(new float[] {1, 5, 4}), 3, 1));
        worst.add(new Answers(MemorySegment.ofArray(new float[] {7}), MemorySegment.ofArray(new float[] {5}), 1, 1));
        assertThat(worst.worst())
                .containsExactly(
                        new Mistake.FarOff(1, 9, List.of(5.0), List.of(2.0)),
                        new Mistake.FarOff(3, 4, List.of(5.0), List.of(7.0)));
    }

    @Test
    void targets_that_never_vary_have_no_r2() {
        RSquared r2 = new RSquared(1);
        r2.add(new Answers(MemorySegment.ofArray(new float[] {1, 2}), MemorySegment.ofArray(new float[] {3, 3}), 2, 1));
        assertThat(r2.value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 203})
    void perplexity_is_e_to_scikit_learns_log_loss(int batch) {
        double expected = Math.exp(classification.get("logLoss").asDouble());
        assertThat(measure(new Perplexity(), batches(batch))).isCloseTo(expected, within(1e-9));
    }

    @Test
    void perplexity_of_a_uniform_guess_is_the_number_of_tokens() {
        Answers even = answers(65, new float[65], 7);
        assertThat(measure(new Perplexity(), List.of(even))).isCloseTo(65, within(1e-12));
    }

    @Test
    void each_task_has_its_metrics() {
        assertThat(Metric.of(new Task.Classification(5)))
                .extracting(Metric::name)
                .containsExactly("accuracy");
        assertThat(Metric.of(new Task.Classification(6)))
                .extracting(Metric::name)
                .containsExactly("accuracy", "top5");
        assertThat(Metric.of(new Task.NextToken(65)))
                .extracting(Metric::name)
                .containsExactly("accuracy", "perplexity");
        assertThat(Metric.of(new Task.Regression(2))).extracting(Metric::name).containsExactly("r2");
    }

    @Test
    void before_any_answer_there_is_no_value() {
        assertThat(new TopAccuracy(1).value()).isNaN();
        assertThat(new RSquared(1).value()).isNaN();
    }

    @Test
    void outputs_of_another_size_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answers(3, new float[] {1, 2}, 0))
                .withMessage("answers of 1 rows x 3 need 12 bytes of outputs, but got 8");
    }
}
