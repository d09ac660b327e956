package org.thalweg.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;

class ReproductionTest {
    @TempDir
    Path folder;

    private final List<Long> measured = new ArrayList<>();
    private boolean stop;

    /** Measured by {@link Even}. */
    public record Remainder(double of, List<Double> twice) {}

    /** Claims that all seeds are even. */
    private final class Even implements Claim<Remainder> {
        @Override
        public Statement statement() {
            return new Statement("C99", "All seeds are even", List.of(), "s = 2 k", "Seeds.", "No remainder.");
        }

        @Override
        public Class<Remainder> measurement() {
            return Remainder.class;
        }

        @Override
        public int seeds() {
            return 3;
        }

        @Override
        public Remainder measure(Trial trial) {
            trial.says("a division");
            measured.add(trial.seed());
            return new Remainder(trial.seed() % 2, List.of(Double.NaN, 1e300));
        }

        @Override
        public Verdict judge(List<Remainder> seen) {
            return seen.stream().allMatch(one -> one.of() == 0)
                    ? Verdict.holds("even")
                    : Verdict.notHere("there is an odd one");
        }

        @Override
        public Exhibit exhibit(List<Remainder> seen) {
            Line line = new Line("what", Curve.of(seen, Remainder::of, Remainder::of), Line.Style.DOTS, Hue.BLUE.css());
            return new Exhibit(
                    List.of(Quantity.of("remainder", "", seen, Remainder::of)),
                    List.of(new Chart("remainder", "", "seed", Chart.Fit.VALUES, List.of(line))));
        }
    }

    private Reproduction.Result tried(Optional<Integer> seeds) {
        Watcher watcher = new Watcher() {
            @Override
            public void says(String next) {}

            @Override
            public boolean stopAsked() {
                return stop;
            }
        };
        return new Reproduction(folder, Trial.Extent.FULL, 1, seeds).of(new Even(), watcher);
    }

    @Test
    void measuresEverySeedJudgesAndWritesAPage() throws IOException {
        Reproduction.Result result = tried(Optional.empty());
        assertThat(measured).containsExactly(1L, 2L, 3L);
        assertThat(result.verdict().outcome()).isEqualTo(Verdict.Outcome.NOT_HERE);
        assertThat(result.exhibit().numbers().getFirst().values()).containsExactly(1.0, 0.0, 1.0);
        assertThat(Files.readString(result.page()))
                .contains("All seeds are even", "does not hold here", "there is an odd one", "No remainder.");
    }

    @Test
    void goesOnBehindWhatIsMeasured() throws IOException {
        tried(Optional.of(2));
        assertThat(tried(Optional.of(4)).seeds()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(measured).containsExactly(1L, 2L, 3L, 4L);
        Path second = folder.resolve("C99/seed-2.json");
        Files.writeString(second, Files.readString(second).substring(0, 20));
        Path third = folder.resolve("C99/seed-3.json");
        Files.writeString(third, Files.readString(third).replaceFirst("\"code\":\"....", "\"code\":\"zzzz"));
        tried(Optional.of(4));
        assertThat(measured)
                .as("the damaged one and the one of other code again")
                .containsExactly(1L, 2L, 3L, 4L, 2L, 3L);
    }

    @Test
    void numbersThatAreNotFiniteAreKept() {
        tried(Optional.of(1));
        measured.clear();
        tried(Optional.of(1));
        assertThat(measured).isEmpty();
    }

    @Test
    void endsWhenAskedAndKeepsWhatIsMeasured() {
        tried(Optional.of(1));
        stop = true;
        assertThatThrownBy(() -> tried(Optional.of(2))).isInstanceOf(CancellationException.class);
        stop = false;
        tried(Optional.of(2));
        assertThat(measured).containsExactly(1L, 2L);
        assertThat(folder.resolve("C99"))
                .isDirectoryNotContaining(path -> path.toString().contains("work"));
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        folder = Files.writeString(folder.resolve("notes.txt"), "kept");
        assertThatThrownBy(() -> tried(Optional.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " is a file: name a folder for pages and measurements");
        assertThat(measured).isEmpty();
    }

    @Test
    void theIndexTellsAllVerdicts() throws IOException {
        Path index = new ClaimIndex(List.of(tried(Optional.empty()))).write(folder);
        assertThat(Files.readString(index)).contains("1 tried", "1 do not hold here", "href=\"C99.html\"");
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("1 do not hold here", "| [C99](#c99) | ", "## C99\n", "![The charts of C99](C99.svg)");
    }
}
