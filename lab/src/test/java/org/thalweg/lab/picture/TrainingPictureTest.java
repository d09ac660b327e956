package org.thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;
import org.thalweg.train.StepMetrics;

class TrainingPictureTest {
    private static final Score NONE = new Score(Double.NaN, Double.NaN);

    @Test
    void writes_a_picture_with_every_curve(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new folder/curves.png");
        TrainingPicture.write(log(steps(1_000, 1), epochs(20, new Score(0.5, 0.8))), file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(List.of(picture.getWidth(), picture.getHeight()))
                .containsExactly(TrainingPicture.WIDTH, TrainingPicture.HEIGHT);
        assertThat(List.of(Panel.BLUE, Panel.ORANGE, Panel.PURPLE, Panel.GREEN))
                .allSatisfy(colour -> assertThat(pixels(picture, colour)).isGreaterThan(300));
    }

    @Test
    void draws_a_run_that_was_cut_off_after_one_step() {
        BufferedImage picture =
                TrainingPicture.draw(log(steps(1, 1), List.of())).image();
        assertThat(pixels(picture, Panel.ORANGE)).isZero();
    }

    @Test
    void draws_losses_of_zero_and_below_on_a_linear_axis() {
        assertThat(pixels(
                        TrainingPicture.draw(log(steps(50, 0), epochs(1, NONE))).image(), Panel.BLUE))
                .isGreaterThan(300);
        assertThat(pixels(
                        TrainingPicture.draw(log(steps(50, -1), epochs(1, NONE)))
                                .image(),
                        Panel.BLUE))
                .isGreaterThan(300);
    }

    @Test
    void draws_a_run_without_any_finite_number() {
        List<StepMetrics> steps = List.of(new StepMetrics(1, 1, Double.NaN, Double.NaN, Double.NaN));
        BufferedImage picture =
                TrainingPicture.draw(log(steps, epochs(2, NONE))).image();
        assertThat(pixels(picture, Panel.BLUE)).isZero();
    }

    private static RunLog log(List<StepMetrics> steps, List<EpochMetrics> epochs) {
        return new RunLog("digits · mlp · " + "a very long rule + ".repeat(10), List.of("seed 1"), steps, epochs);
    }

    private static List<StepMetrics> steps(int count, double scale) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(i -> new StepMetrics(i, 1, scale * (1 + i % 3) / i, 0.1 / i, 1))
                .toList();
    }

    private static List<EpochMetrics> epochs(int count, Score score) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new EpochMetrics(
                        i, 50L * i, 1, Optional.of(new Score(score.loss() / i, score.accuracy() / 2)), score, i))
                .toList();
    }

    private static long pixels(BufferedImage picture, Color colour) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .filter(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) == colour.getRGB())
                .count();
    }
}
