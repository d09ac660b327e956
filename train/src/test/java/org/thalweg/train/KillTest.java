package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Linear;

/** A run that is killed again and again, wherever it happens to be, ends as one that was left alone. */
class KillTest {
    /** Longer than from the first step to the first checkpoints, and long enough for several of them. */
    private static final int MOST_MILLIS = 400;

    /** For a quick start. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    Path folder;

    /** What the processes do: train in the folder {@code runs}, or go on with the run there, and say when it steps. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            train(Path.of("runs"), Integer.parseInt(arguments[0]), new TrainingListener() {
                @Override
                public void stepped(StepMetrics metrics) {
                    System.out.println("step " + metrics.step());
                }
            });
        }

        static void train(Path runs, int epochs, TrainingListener listener) throws IOException {
            Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
            Optional<Path> begun = begun(runs);
            if (begun.isPresent()) {
                Training.resume(begun.get(), digits, listener);
            } else {
                Training.run(config(epochs), digits, runs, listener);
            }
        }

        private static TrainingConfig config(int epochs) {
            Model model = new Model(
                    "dropping", List.of(new Linear(32), new BatchNorm(), new Relu(), new Dropout(0.3), new Linear(10)));
            Schedule plateau = Schedule.parse("0.01.reduceOnPlateau(0.7, 1, 0.01)");
            return new TrainingConfig(model, new AdamW(), plateau, epochs, 32, 1)
                    .with(Extras.NONE.withParts(2).withAverage(new Ema(0.95)))
                    .with(Course.PLAIN.withSaving(new Saving(2, 2)));
        }

        /** The run that has its configuration; a kill before that leaves nothing to go on with. */
        private static Optional<Path> begun(Path runs) throws IOException {
            if (!Files.isDirectory(runs)) {
                return Optional.empty();
            }
            try (Stream<Path> found = Files.list(runs)) {
                return found.filter(run -> Files.exists(run.resolve("config.json")))
                        .findFirst();
            }
        }
    }

    @Test
    void aRunThatIsKilledEndsAsOneThatIsLeftAlone() throws Exception {
        assertThat(killAndCompare(3, 12).kills()).isEqualTo(3);
    }

    @Test
    @Tag("slow")
    void fiftyKillsChangeNothing() throws Exception {
        Kills kills = killAndCompare(50, 120);
        assertThat(kills.kills()).isEqualTo(50);
        assertThat(kills.inTheMiddleOfACheckpoint()).isGreaterThan(3);
    }

    private record Kills(int kills, int inTheMiddleOfACheckpoint) {}

    /** Kills until there were enough, in as many runs as that takes, and compares each with the one that was left alone. */
    private Kills killAndCompare(int wanted, int epochs) throws Exception {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Child.train(whole.resolve("runs"), epochs, TrainingListener.NONE);
        SplitMix64 random = new SplitMix64(7);
        Kills kills = new Kills(0, 0);
        for (int number = 1; kills.kills() < wanted; number++) {
            Path killed = Files.createDirectory(folder.resolve("killed" + number));
            boolean completed = false;
            while (!completed && kills.kills() < wanted) {
                Process child = ChildJvm.builder(killed, Map.of(), OPTIONS, Child.class, String.valueOf(epochs))
                        .start();
                completed = !isKilled(child, random.below(MOST_MILLIS));
                kills = new Kills(
                        kills.kills() + (completed ? 0 : 1),
                        kills.inTheMiddleOfACheckpoint() + (hasDraft(killed) ? 1 : 0));
            }
            if (!completed) {
                Child.train(killed.resolve("runs"), epochs, TrainingListener.NONE);
            }
            RunComparison.assertSame(onlyRun(whole), onlyRun(killed));
        }
        return kills;
    }

    /** Waits for a step, then some time more, and kills; false if it had come to its end by then. */
    private static boolean isKilled(Process child, int millis) throws Exception {
        try (BufferedReader printed = child.inputReader()) {
            StringBuilder text = new StringBuilder();
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                text.append(line).append('\n');
                if (line.startsWith("step ")) {
                    Thread.ofVirtual().start(() -> swallow(child));
                    Thread.sleep(millis);
                    break;
                }
            }
            child.destroyForcibly();
            int status = child.waitFor();
            assertThat(status).as(text.toString()).isIn(0, 137);
            return status != 0;
        }
    }

    /** A child must not wait for somebody to read what it prints. */
    private static void swallow(Process child) {
        try {
            child.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It was killed.
        }
    }

    private static boolean hasDraft(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.anyMatch(path -> path.toString().endsWith(".part"));
        }
    }

    private static Path onlyRun(Path folder) throws IOException {
        return Child.begun(folder.resolve("runs")).orElseThrow();
    }
}
