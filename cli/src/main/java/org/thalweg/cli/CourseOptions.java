package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.EarlyStopping;
import org.thalweg.train.Recording;
import org.thalweg.train.Saving;
import picocli.CommandLine.Option;

/** The options of {@code thalweg train} about a run's way from its first step to its last. */
final class CourseOptions {
    @Option(
            names = "--batch-schedule",
            paramLabel = "SCHEDULE",
            description = "The batch size by the number of batches before, such as '32.then(500, 128)',"
                    + " instead of one size.")
    private Optional<String> batches = Optional.empty();

    @Option(
            names = "--keep-last",
            description = "Make a smaller batch of the examples at the end of an epoch that do not fill one, instead of"
                    + " leaving them out.")
    private boolean keepLast;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            description =
                    "End when that many epochs in a row were not better on the validation part, and bring the best"
                            + " epoch's weights back.")
    private Optional<Integer> patience = Optional.empty();

    @Option(
            names = "--watch",
            paramLabel = "METRIC",
            defaultValue = "loss",
            description = "What --patience looks at: loss, accuracy or another metric of the task"
                    + " (default: ${DEFAULT-VALUE}).")
    private String metric = "";

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Keep the weights after each of so many cosine cycles, and let all answer together at the end.")
    private int snapshots;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            defaultValue = "0",
            description = "Save a checkpoint every so many steps as well (default: at each epoch's end alone).")
    private long every;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the latest checkpoints stay, beside the best one (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Option(
            names = "--layer-statistics",
            paramLabel = "EVERY",
            defaultValue = "0",
            description =
                    "Every so many steps, record each parameter's gradient beside its size, and the mean and variance"
                            + " of each layer's outputs (default: never).")
    private long layersEvery;

    @Option(
            names = "--noise-scale",
            paramLabel = "EVERY",
            defaultValue = "0",
            description =
                    "Every so many steps, measure the gradient's noise between the parts of --accumulate or between"
                            + " workers, which says what larger batches would be good for (default: never).")
    private long noiseEvery;

    @Option(names = "--tensorboard", description = "Write a file for TensorBoard into the run's directory as well.")
    private boolean tensorBoard;

    /** What was asked for. */
    Course chosen() {
        return new Course(
                batches.map(Schedule::parse),
                patience.map(epochs -> new EarlyStopping(epochs, metric)),
                snapshots,
                keepLast,
                new Saving(every, keep),
                new Recording(layersEvery, noiseEvery, tensorBoard));
    }

    int snapshots() {
        return snapshots;
    }
}
