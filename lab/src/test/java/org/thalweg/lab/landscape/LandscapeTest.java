package org.thalweg.lab.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.Score;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;

/** Lines and planes through a network with batch normalisation. */
class LandscapeTest {
    private static final Shape SHAPE = Shape.vector(4);

    @TempDir
    private Path folder;

    private Network network;
    private MeanLoss loss;
    private Place place;

    @BeforeEach
    void open() {
        Model model = new Model("small", List.of(new Linear(5), new BatchNorm(), new Linear(3)));
        network = Network.build(model.plan(SHAPE), 1);
        Random random = new Random(2);
        MemorySegment inputs = MemoryExamples.floats(30 * 4);
        for (int i = 0; i < 120; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        int[] labels = IntStream.range(0, 30).map(i -> i % 3).toArray();
        loss = new MeanLoss(network, new CrossEntropy(), MemoryExamples.classes(SHAPE, 3, inputs, labels));
        place = new Place(network);
    }

    @AfterEach
    void close() {
        loss.close();
        network.close();
    }

    private float[] random(long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[place.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (0.2 + random.nextDouble()); // variances are above 0
        }
        return numbers;
    }

    private Score scoreAt(float[] numbers) {
        float[] before = place.read();
        place.write(numbers);
        Score score = loss.score();
        place.write(before);
        return score;
    }

    @Test
    void a_place_is_all_numbers_with_what_each_is() {
        assertThat(place.parts().stream().map(Place.Part::name))
                .contains("linear1.weight", "linear1.bias", "norm1.running_mean", "norm1.running_var");
        assertThat(place.parts().stream().filter(Place.Part::filters).map(Place.Part::name))
                .containsExactly("linear1.weight", "linear2.weight");
        int trained = place.parts().stream()
                .filter(Place.Part::trained)
                .mapToInt(Place.Part::size)
                .sum();
        assertThat(trained).isEqualTo(loss.size());
        float[] numbers = random(1);
        place.write(numbers);
        assertThat(place.read()).isEqualTo(numbers);
        assertThat(place.of(network.weights())).isEqualTo(numbers);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> place.of(Map.of()))
                .withMessageStartingWith("these are the weights of another model");
    }

    /** Its ends are the two networks, statistics and all; between, weights are mixed; afterwards, all is as before. */
    @Test
    void a_line_leads_from_one_network_to_the_other() {
        float[] from = random(1);
        float[] to = random(2);
        float[] before = place.read();
        Line line = Line.between(from, to, new Axis(-1, 2, 13), loss, Map.of(), new Survey(folder));
        assertThat(line.scores().get(4)).isEqualTo(scoreAt(from));
        assertThat(line.scores().get(8)).isEqualTo(scoreAt(to));
        float[] middle = new float[from.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = (from[i] + to[i]) / 2;
        }
        assertThat(line.scores().get(6).loss()).isCloseTo(scoreAt(middle).loss(), within(1e-5));
        assertThat(place.read()).isEqualTo(before);
    }

    @Test
    void a_plane_holds_every_place_row_by_row() {
        float[] middle = random(1);
        float[] first = Directions.filterNormalised(place, middle, SplitMix64.stream(1, 1));
        float[] second = Directions.filterNormalised(place, middle, SplitMix64.stream(1, 2));
        Axis x = new Axis(-1, 1, 5);
        Axis y = new Axis(-0.5, 0.5, 3);
        Plane plane = Plane.of(middle, first, second, x, y, loss, Map.of(), new Survey(folder));
        assertThat(plane.scores().get(7)).isEqualTo(scoreAt(middle));
        float[] corner = new float[middle.length];
        for (int i = 0; i < corner.length; i++) {
            corner[i] = (float) (middle[i] + 1.0 * first[i] - 0.5 * second[i]);
        }
        assertThat(plane.losses()).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(5));
        assertThat(plane.losses().getFirst().getLast())
                .isEqualTo(scoreAt(corner).loss());
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private Line line(Survey survey) {
        return Line.between(random(1), random(2), new Axis(0, 1, 20), loss, Map.of("examples", 30), survey);
    }

    @Test
    void a_survey_that_was_stopped_goes_on_where_it_was_even_after_a_cut_line() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Survey stopping = new Survey(folder, () -> asked.getAndIncrement() == 12, _ -> {});
        assertThatThrownBy(() -> line(stopping))
                .isInstanceOf(Survey.Stopped.class)
                .hasMessage("stopped at 12 of 20 points, which are saved; the same command goes on");
        byte[] saved = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(saved, saved.length - 9));

        AtomicInteger computed = new AtomicInteger();
        BooleanSupplier counting = () -> computed.incrementAndGet() < 0;
        Survey goingOn = new Survey(folder, counting, _ -> {});
        Line resumed = line(goingOn);
        assertThat(computed).hasValue(9);
        assertThat(resumed).isEqualTo(line(new Survey(folder.resolve("other"))));
        line(goingOn);
        assertThat(computed).as("all are known by now").hasValue(9);
    }

    @Test
    void another_landscape_has_another_file_and_rubbish_is_replaced() throws IOException {
        Line first = line(new Survey(folder));
        Path file = file();
        Line.between(random(2), random(1), new Axis(0, 1, 20), loss, Map.of(), new Survey(folder));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        Files.writeString(file, "rubbish\n{\"point\":0,\"loss\":7}\n");
        assertThat(line(new Survey(folder))).isEqualTo(first);
    }

    @Test
    void a_loss_that_is_no_number_is_kept_as_such() {
        float[] to = random(1);
        to[0] = Float.NaN;
        Axis axis = new Axis(0, 1, 2);
        Line line = Line.between(random(1), to, axis, loss, Map.of(), new Survey(folder));
        assertThat(line.scores().get(1).loss()).isNaN();
        assertThat(Line.between(random(1), to, axis, loss, Map.of(), new Survey(folder)))
                .isEqualTo(line);
    }
}
