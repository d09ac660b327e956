package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said before anything starts, and what each worker is told. */
class LaunchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "launch train digits | Missing required option: '--workers=N'; 'thalweg launch --help' shows the usage.",
                "launch --workers 0 train | there can be 1 to 256 workers on a machine, but --workers is 0",
                "launch --workers two train | Invalid value for option '--workers': 'two' is not an int",
                "launch --workers 2 --max-restarts -1 train | --max-restarts is how often workers are started again, so 0 or more, but is -1",
                "launch --workers 2 --port 70000 train | a port is a number from 1 to 65535, but --port is 70000",
                "launch --workers 2 --timeout 0 train | --timeout is how long a worker may go unheard of, from 0.1 seconds to a day, but is 0.0",
                "launch --workers 2 --adress ::1 train | there is no option '--adress' in 'thalweg launch'; did you mean '--address'?",
                "launch --workers 2 | Missing required parameter: 'COMMAND'",
                "launch --workers 2 trian | there is no command 'trian' in 'thalweg'; did you mean 'train'?",
                "launch --workers 2 rules | workers can be launched to 'train ...' or to 'resume RUN', but not to 'rules'",
                "launch --workers 2 --json | Missing required parameter: 'COMMAND'",
                "launch --workers 2 launch --workers 2 train | but not to 'launch'",
                "launch --workers 2 train --rle adam | there is no option '--rle' in 'thalweg train'; did you mean '--rule'?",
                "launch --workers 2 resume | Missing required parameter: 'RUN'",
                "launch --workers 2 resume nowhere | there is no run directory nowhere",
                "launch --workers 2 --address 192.0.2.7 train | --address must be an address of this machine"
            })
    void nonsenseIsOneSentenceBeforeAnythingStarts(String line, String sentence) {
        assertThat(Main.run(console, line.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("thalweg: ")
                .contains(sentence);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void helpOfWhatIsLaunchedIsShownByTheLauncher() {
        assertThat(Main.run(console, "launch", "--workers", "2", "train", "--help"))
                .isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage: thalweg train");
    }

    @Test
    void workersTrainAndAfterAFaultResume() {
        LaunchedLine line = new LaunchedLine(
                List.of("java"),
                2,
                List.of("train", "--json", "digits", "--batch", "64"),
                Optional.empty(),
                true,
                false);
        assertThat(line.command(Optional.empty()))
                .containsExactly("java", "train", "digits", "--batch", "64", "--json");
        assertThat(line.command(Optional.of(Path.of("runs/a")))).containsExactly("java", "resume", "runs/a", "--json");
    }

    @Test
    void aResumedRunIsResumedAgainAsTheUserSaid() {
        Path run = Path.of("runs/a");
        LaunchedLine line = new LaunchedLine(
                List.of("java"), 2, List.of("resume", "runs/a", "--data-dir", "d"), Optional.of(run), false, true);
        assertThat(line.command(Optional.of(run)))
                .containsExactly("java", "resume", "runs/a", "--data-dir", "d", "--debug");
        assertThat(line.advice(run))
                .isEqualTo("'./thalweg launch --workers 2 resume runs/a' goes on from its last checkpoint");
    }
}
