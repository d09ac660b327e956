package org.thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.lab.picture.SchedulePlot.Point;
import org.thalweg.optim.schedule.Schedule;

class SchedulePlotTest {
    private static SchedulePlot plot(String text, long steps) {
        return new SchedulePlot(text, Schedule.parse(text), steps, false);
    }

    @Test
    void draws_a_staircase_where_it_is() {
        List<String> lines = plot("step(4, 4, 0.5)", 8).lines();
        String half = "*".repeat(TextPlot.WIDTH / 2);
        assertThat(lines.getFirst()).isEqualTo("         4 |" + half);
        assertThat(lines.get(TextPlot.HEIGHT / 2)).isEqualTo("         2 |" + " ".repeat(TextPlot.WIDTH / 2) + half);
        assertThat(lines.get(TextPlot.HEIGHT - 1)).isEqualTo("         0 |");
        assertThat(lines.getLast()).endsWith("step 7");
        assertThat(String.join("", lines).chars().filter(c -> c == '*')).hasSize(TextPlot.WIDTH);
        assertThat(String.join("", lines)).matches("\\p{ASCII}*");
    }

    @Test
    void equal_factors_are_equal_heights_on_a_logarithmic_axis() {
        Schedule falling = Schedule.parse("step(100, 1, 0.1)");
        List<String> lines = new SchedulePlot("", falling, 5, true).lines();
        assertThat(List.of(0, 4, 8, 12, 16))
                .allSatisfy(row -> assertThat(lines.get(row)).contains("**"));
        assertThat(lines.get(8)).startsWith("         1 |");
        assertThat(lines.get(16)).startsWith("      0.01 |");
    }

    @Test
    void shows_every_step_of_few_and_the_first_and_last_of_many() {
        assertThat(plot("linear(4, 4)", 3).points()).containsExactly(new Point(0, 4), new Point(1, 3), new Point(2, 2));
        List<Point> many = plot("cosine(1, 1e15)", Long.MAX_VALUE).points();
        assertThat(many).hasSize(2_000);
        assertThat(many.getFirst()).isEqualTo(new Point(0, 1));
        assertThat(many.getLast()).isEqualTo(new Point(Long.MAX_VALUE - 1, 0));
        assertThat(many).extracting(Point::step).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void says_where_the_highest_value_is() {
        assertThat(plot("8.warmUp(4).then(6, 1)", 10).summary())
                .isEqualTo("2 at step 0, at most 8 (step 3), 1 at step 9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                          | 10
            0.1                        | 1
            exponential(1e-5, 2)       | 10000
            exponential(1e300, 1e300)  | 3
            cosine(1e-300, 5)          | 5
            triangular(0, 1, 1)        | 9223372036854775807
            """)
    void draws_the_strangest(String text, long steps) {
        for (boolean logarithmic : new boolean[] {false, true}) {
            SchedulePlot plot = new SchedulePlot(text, Schedule.parse(text), steps, logarithmic);
            assertThat(plot.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
            assertThat(plot.summary()).doesNotContain("NaN", "Infinity");
            assertThat(SchedulePlot.draw(List.of(plot)).image().getWidth()).isPositive();
        }
    }

    @Test
    void writes_one_picture_of_several(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/schedules.png");
        SchedulePlot.write(Collections.nCopies(3, plot("cosine(0.1, 90).warmUp(5)", 100)), file);
        BufferedImage picture = ImageIO.read(file.toFile());
        int half = picture.getWidth() / 2;
        int blue = Panel.BLUE.getRGB();
        assertThat(pixels(picture, 0, half, blue)).isGreaterThan(2 * pixels(picture, half, 2 * half, blue) - 200);
        assertThat(pixels(picture, half, 2 * half, blue)).isGreaterThan(1_000);
        List<SchedulePlot> many = Collections.nCopies(13, plot("0.1", 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchedulePlot.write(many, file))
                .withMessage("a picture shows from 1 to 12 schedules, not 13");
    }

    private static int pixels(BufferedImage picture, int from, int to, int colour) {
        int count = 0;
        for (int x = from; x < to; x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                count += picture.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }
}
