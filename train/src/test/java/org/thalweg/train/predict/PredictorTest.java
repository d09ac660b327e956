package org.thalweg.train.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Reading;
import org.thalweg.train.data.Split;
import org.thalweg.train.metrics.Answers;
import org.thalweg.train.metrics.RSquared;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;

class PredictorTest {
    @TempDir
    private static Path folder;

    private static Dataset digits;
    private static TrainingResult trained;
    private static Predictor predictor;

    @BeforeAll
    static void train() {
        digits = new DataRequest("digits", new Split(1)).load();
        Model convnet = Models.named("convnet", digits.shape(), digits.task());
        trained = train(convnet, digits, 2);
        predictor = Predictor.load(trained.run());
    }

    @AfterAll
    static void close() {
        predictor.close();
    }

    private static TrainingResult train(Model model, Dataset data, int epochs) {
        TrainingConfig config = new TrainingConfig(model, new AdamW(), Schedule.constant(2e-3), epochs, 32, 1)
                .with(model.loss(data.task()));
        return Training.run(config, data, folder, TrainingListener.NONE);
    }

    private static float[] raw(Examples examples, int row) {
        float[] input = new float[examples.raw().shape().size()];
        examples.raw().input(row, MemorySegment.ofArray(input));
        return input;
    }

    private static List<float[]> rawTest(Dataset data) {
        return IntStream.range(0, data.test().count())
                .mapToObj(row -> raw(data.test(), row))
                .toList();
    }

    @Test
    void answers_raw_inputs_as_the_run_was_scored() {
        List<Prediction> predictions = predictor.predict(rawTest(digits));
        int[] labels = digits.test().labels();
        long right = IntStream.range(0, labels.length)
                .filter(row -> predictions.get(row).number() == labels[row])
                .count();
        assertThat((double) right / labels.length).isEqualTo(trained.testAccuracy());
        double loss = IntStream.range(0, labels.length)
                .mapToDouble(
                        row -> -Math.log(predictions.get(row).probabilities().get(labels[row])))
                .average()
                .orElseThrow();
        assertThat(loss).isCloseTo(trained.testLoss(), within(1e-6));
        Prediction first = predictions.getFirst();
        assertThat(first.label()).isEqualTo(String.valueOf(first.number()));
        assertThat(first.likeliest(3)).hasSize(3).first().isEqualTo(first.number());
        assertThat(first.probabilities().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void one_by_one_is_as_good_as_together() {
        List<float[]> inputs = rawTest(digits).subList(0, 20);
        List<Prediction> together = predictor.predict(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Prediction alone = predictor.predict(inputs.get(i));
            assertThat(alone.number()).isEqualTo(together.get(i).number());
            assertThat(alone.probability()).isCloseTo(together.get(i).probability(), within(1e-5));
        }
    }

    /** Each thread asks for all inputs, from another one on; every answer is the one that a single thread gets, to the last bit. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eight_threads_get_what_one_gets(boolean virtual) throws Exception {
        List<float[]> inputs = rawTest(digits);
        List<Prediction> expected = inputs.stream().map(predictor::predict).toList();
        try (ExecutorService threads =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int from = 41 * thread;
                answers.add(threads.submit(() -> {
                    int equal = 0;
                    for (int i = 0; i < inputs.size(); i++) {
                        int row = (from + i) % inputs.size();
                        equal += predictor.predict(inputs.get(row)).equals(expected.get(row)) ? 1 : 0;
                    }
                    return equal;
                }));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(inputs.size());
            }
        }
    }

    @Test
    void what_does_not_fit_is_refused_with_a_sentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(new float[63]))
                .withMessage("an input has 63 numbers, but the model takes images of 1x8x8 (64 numbers)");
        float[] gap = new float[64];
        gap[5] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(gap))
                .withMessage("number 6 of an input is NaN: fill gaps before you ask");
        assertThatIllegalStateException()
                .isThrownBy(() -> predictor.continueText("a", new Sampling(1, 1, 1)))
                .withMessage("this model takes images of 1x8x8 (64 numbers), not texts");
        assertThat(predictor.predict(List.of())).isEmpty();
    }

    @Test
    void a_closed_predictor_says_so() {
        Predictor closed = Predictor.load(trained.run());
        closed.close();
        closed.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> closed.predict(new float[64]))
                .withMessage("this predictor is closed");
    }

    /** White in a file is 255 and in the training data 16; a file four times as large is brought to size. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void an_image_file_is_read_as_the_training_data_was(int scale) throws IOException {
        int same = 0;
        for (int row = 0; row < 40; row++) {
            float[] input = raw(digits.test(), row);
            BufferedImage image = new BufferedImage(8 * scale, 8 * scale, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 8 * scale; y++) {
                for (int x = 0; x < 8 * scale; x++) {
                    image.setRGB(x, y, Math.round(255 * input[y / scale * 8 + x / scale] / 16) * 0x010101);
                }
            }
            Path file = folder.resolve("digit.png");
            ImageIO.write(image, "png", file.toFile());
            float[] read = predictor.image(file);
            if (scale == 1) {
                for (int i = 0; i < 64; i++) {
                    assertThat(read[i]).isCloseTo(input[i], within(0.04f));
                }
            }
            same += predictor.predict(read).number() == predictor.predict(input).number() ? 1 : 0;
        }
        assertThat(same).isGreaterThanOrEqualTo(39);
    }

    @Test
    void numbers_come_in_the_datas_own_units_from_rows_with_or_without_the_target() throws IOException {
        Dataset diabetes = new DataRequest("diabetes", new Split(1)).load();
        TrainingResult run = train(Model.mlp(1, 32), diabetes, 10);
        StringBuilder table = new StringBuilder();
        List<float[]> inputs = rawTest(diabetes);
        for (float[] input : inputs) {
            for (float number : input) {
                table.append(number).append(';');
            }
            table.append("0\n");
        }
        Path withTarget = Files.writeString(folder.resolve("rows.csv"), table);
        try (Predictor regression = Predictor.load(run.run())) {
            assertThat(regression.rows(withTarget)).usingRecursiveComparison().isEqualTo(inputs);
            String bare = table.toString().replace(";0\n", "\n");
            Path without = Files.writeString(folder.resolve("bare.csv"), "a;b;c;d;e;f;g;h;i;j\n" + bare);
            assertThat(regression.rows(without)).usingRecursiveComparison().isEqualTo(inputs);

            List<Prediction> predictions = regression.predict(inputs);
            float[] told = new float[inputs.size()];
            float[] targets = new float[inputs.size()];
            double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (int row = 0; row < told.length; row++) {
                told[row] = predictions.get(row).values().getFirst().floatValue();
                diabetes.test().target(row, MemorySegment.ofArray(targets).asSlice(4L * row, 4));
                targets[row] =
                        (float) diabetes.form().targetScale().orElseThrow().undo(0, targets[row]);
                range[0] = Math.min(range[0], targets[row]);
                range[1] = Math.max(range[1], targets[row]);
            }
            assertThat(range[0]).isBetween(20.0, 60.0);
            assertThat(range[1]).isBetween(250.0, 400.0);
            RSquared r2 = new RSquared(1);
            r2.add(new Answers(MemorySegment.ofArray(told), MemorySegment.ofArray(targets), told.length, 1));
            assertThat(Files.readAllLines(run.run().resolve("metrics.jsonl")).reversed().stream()
                            .filter(line -> line.contains("testR2"))
                            .findFirst())
                    .get()
                    .asString()
                    .contains("\"testR2\":" + "%.4f".formatted(r2.value()).substring(0, 5));
            assertThat(predictions.getFirst().label()).isEqualTo("%.6g".formatted(told[0]));
            assertThat(predictions.getFirst().probability()).isNaN();
        }
    }

    @Test
    void rows_that_do_not_fit_are_told_by_file_line_and_column() throws IOException {
        Path file = folder.resolve("bad.csv");
        for (String[] bad : new String[][] {
            {"1,2,3\n", "%s, line 1: 3 columns, but the model takes 64 numbers"},
            {"", "%s has no rows of numbers"},
            {"1,".repeat(63) + "1\n" + "1,".repeat(62) + "1\n", "%s, line 2: 63 columns where 64 were expected"},
            {"1,".repeat(63) + "1\n1,x," + "1,".repeat(61) + "1\n", "%s, line 2, column 2: 'x' is not a number"}
        }) {
            Files.writeString(file, bad[0]);
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> predictor.rows(file))
                    .withMessage(bad[1].formatted(file));
        }
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> predictor.image(file))
                .withMessageContaining("neither a PNG nor a JPEG image");
    }

    @Test
    void a_text_goes_on_the_same_way_for_the_same_seed() throws IOException {
        Path file = Files.writeString(folder.resolve("song.txt"), "row row row your boat\n".repeat(120));
        Dataset text = new DataRequest(
                        file.toString(),
                        Optional.empty(),
                        new Reading(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                16),
                        new Split(1),
                        Optional.empty(),
                        List.of())
                .load();
        TrainingResult run = train(Models.named("char-lstm", text.shape(), text.task()), text, 8);
        try (Predictor poet = Predictor.load(run.run())) {
            Sampling sampling = new Sampling(60, 0.8, 7);
            String first = poet.continueText("row", sampling);
            assertThat(first).hasSize(60).matches("[rowyubat \\n]+");
            assertThat(poet.continueText("row", sampling)).isEqualTo(first);
            assertThat(poet.continueText("row", new Sampling(60, 8, 8))).isNotEqualTo(first);
            String greedy = poet.continueText(
                    "a very long start, of which the end counts: row row row yo", new Sampling(20, 0, 1));
            assertThat(greedy).isEqualTo(poet.continueText("row row row yo", new Sampling(20, 0, 9)));
            assertThatIllegalStateException().isThrownBy(() -> poet.predict(new float[16]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> poet.continueText("", sampling))
                    .withMessageContaining("at least one character");
        }
    }

    @Test
    void a_run_that_cannot_be_used_says_why() throws IOException {
        refused(IllegalArgumentException.class, folder.resolve("none"), "there is no run directory");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(trained.run().resolve("config.json"), copy.resolve("config.json"));
        refused(
                DataException.class,
                copy,
                "has no trained weights yet: finish it with './thalweg resume " + copy + "'");
        byte[] weights = Files.readAllBytes(trained.run().resolve("weights.safetensors"));
        Files.write(copy.resolve("weights.safetensors"), Arrays.copyOf(weights, weights.length / 2));
        refused(DataException.class, copy, "weights.safetensors cannot be used: ");
        Path config = copy.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"vector\"", "\"void\"").replace("standardisation", "magic"));
        refused(DataException.class, copy, "config.json");
    }

    private static <E extends Exception> void refused(Class<E> kind, Path run, String why) {
        Supplier<Predictor> load = () -> Predictor.load(run);
        assertThatExceptionOfType(kind).isThrownBy(load::get).withMessageContaining(why);
    }
}
