package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.SavedRun;
import org.thalweg.train.Saving;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.predict.Predictor;

/** Trainings in Spark's local mode, on data that each task loads. */
class SparkTrainingTest {
    private static final DataRequest DIGITS = new DataRequest("digits", new Split(1));

    @TempDir
    Path folder;

    /** Of smooth functions, so that rounding stays rounding. */
    static TrainingConfig config() {
        Model smooth = new Model("smooth", List.of(new Linear(16), new Tanh(), new Linear(10)));
        return new TrainingConfig(smooth, Rules.parse("adamw"), Schedule.parse("0.01"), 2, 64, 1);
    }

    private SparkTraining training(int workers) {
        return new SparkTraining(LocalSpark.SESSION, workers, folder.resolve("runs"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void tasks_train_what_one_process_trains(int workers) throws IOException {
        TrainingResult one = Training.run(config(), DIGITS.load(), folder.resolve("alone"), TrainingListener.NONE);
        TrainingResult all = training(workers).run(SparkTrainingTest::config, DIGITS);
        assertThat(Weights.distance(one, all)).isLessThan(1e-6);
        assertThat(all.steps()).isEqualTo(one.steps());
        assertThat(files(all.run()))
                .containsAll(files(one.run()))
                .contains("config.json", "metrics.jsonl", "checkpoints", "result.json", "weights.safetensors");
        assertThat(SavedRun.read(all.run())
                        .sameData(all.run(), Optional.empty())
                        .name())
                .isEqualTo("digits");
        assertThat(files(folder.resolve("runs"))).hasSize(1); // no marker stays
        try (Predictor predictor = Predictor.load(all.run())) {
            assertThat(predictor.predict(new float[64]).label()).matches("\\d");
        }
    }

    /** Where the tasks do not see the driver's folder, the run travels as bytes. */
    @Test
    void a_run_that_travels_is_the_same() throws IOException {
        TrainingResult one = Training.run(config(), DIGITS.load(), folder.resolve("alone"), TrainingListener.NONE);
        byte[] packed = RunArchive.pack(one.run(), _ -> true);
        Path runs = Files.createDirectory(folder.resolve("there"));
        Path first = RunArchive.unpack(packed, runs, "run");
        Path second = RunArchive.unpack(packed, runs, "run");
        assertThat(files(runs)).containsExactly("run", "run-2");
        assertThat(second).isEqualTo(runs.resolve("run-2"));
        for (String file : List.of("config.json", "metrics.jsonl", "result.json", "weights.safetensors")) {
            assertThat(first.resolve(file)).hasSameBinaryContentAs(one.run().resolve(file));
        }
        assertThat(files(first.resolve("checkpoints")))
                .isEqualTo(files(one.run().resolve("checkpoints")));
        assertThat(Training.resume(first, DIGITS.load(), TrainingListener.NONE).testLoss())
                .isEqualTo(one.testLoss());
    }

    @Test
    void a_recipe_that_fails_everywhere_is_told_once() {
        assertThatThrownBy(() -> training(2).run(() -> config().lasting(0), DIGITS))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessage("the number of epochs must be at least 1, but is 0");
    }

    @Test
    void a_task_that_fails_is_named() {
        AttemptCount.reset();
        assertThatThrownBy(() -> training(2)
                        .run(
                                () -> {
                                    AttemptCount.add();
                                    if (TaskContext.getPartitionId() == 1) {
                                        throw new IllegalStateException("no such luck");
                                    }
                                    return config();
                                },
                                DIGITS))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessage("worker 1 failed: no such luck");
        assertThat(AttemptCount.get()).as("not tried again").isEqualTo(2);
    }

    @Test
    void tasks_that_are_told_different_things_say_so() {
        assertThatThrownBy(() -> training(2).run(() -> config().lasting(2 + TaskContext.getPartitionId()), DIGITS))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessageContaining("worker 1 is not to train what worker 0 is to: epochs 3, not 2");
    }

    @Test
    void a_training_that_fails_half_way_leaves_its_run() {
        SparkTrainingException failure = catchThrowableOfType(
                SparkTrainingException.class,
                () -> training(2)
                        .run(() -> config().with(Schedule.parse("1e30")).with(Course.PLAIN), DIGITS));
        assertThat(failure).hasMessageContaining("the loss is NaN");
        assertThat(failure.run().orElseThrow().resolve("metrics.jsonl")).exists();
    }

    @Test
    void missing_data_is_told() {
        assertThatThrownBy(() ->
                        training(2).run(SparkTrainingTest::config, new DataRequest("/nowhere/table.csv", new Split(1))))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessageContaining("/nowhere/table.csv");
    }

    /** A task is lost after the first checkpoint: Spark repeats the stage, which goes on, and ends with the same bits. */
    @Test
    void a_stage_that_is_repeated_goes_on_from_the_last_checkpoint() throws IOException {
        Recipe saving = () -> config().with(Course.PLAIN.withSaving(new Saving(10, 2)));
        TrainingResult undisturbed = training(2).run(saving, DIGITS);
        Losing.fails.set(true);
        TrainingResult repeated = training(2)
                .run(
                        () -> {
                            TrainingConfig config = saving.config();
                            return TaskContext.getPartitionId() == 1
                                    ? config.with(new Losing(config.schedule()))
                                    : config;
                        },
                        DIGITS);
        assertThat(Losing.fails).isFalse();
        assertThat(repeated.run().resolve("weights.safetensors"))
                .hasSameBinaryContentAs(undisturbed.run().resolve("weights.safetensors"));
        assertThat(Files.readString(repeated.run().resolve("metrics.jsonl")).lines())
                .hasSameSizeAs(Files.readAllLines(undisturbed.run().resolve("metrics.jsonl")));
        assertThat(files(folder.resolve("runs")))
                .as("one run each, which was not begun anew")
                .hasSize(2);
    }

    /** A schedule by which a task is lost once, in step 25. */
    private record Losing(Schedule schedule) implements Schedule {
        static final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public double at(long step) {
            if (step == 25 && fails.getAndSet(false)) {
                throw new AssertionError("as if this executor were gone");
            }
            return schedule.at(step);
        }

        @Override
        public String toString() {
            return schedule.toString();
        }
    }

    @Test
    void too_few_slots_are_told_at_once() {
        assertThatThrownBy(() -> training(5).run(SparkTrainingTest::config, DIGITS))
                .isInstanceOf(SparkTrainingException.class)
                .hasMessage(
                        "5 workers have to run at once, but the cluster has slots for 4 tasks: ask for fewer workers, or start"
                                + " Spark with master local[5]");
        assertThatThrownBy(() -> training(0)).hasMessage("a training needs 1 worker at least, not 0");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(Path::getFileName)
                    .map(Objects::requireNonNull)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
