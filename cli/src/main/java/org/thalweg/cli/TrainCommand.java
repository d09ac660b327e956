package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg train}. */
@Command(name = "train", description = "Train a network, and keep everything about the run in a directory of its own.")
final class TrainCommand implements Runnable {
    private static final Schedule NONE_YET = Schedule.constant(1);

    private final Console console;

    @Mixin
    private final SetupOptions setup = new SetupOptions();

    @Option(
            names = {"--lr", "--rate"},
            description = "The highest learning rate of the default schedule (default: 0.002).")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--schedule",
            description = "The learning rate by step, such as 'cosine(0.002, 500).warmUp(20)'"
                    + " (default: a warm-up, then a cosine to zero over the whole run).")
    private Optional<String> schedule = Optional.empty();

    @Option(names = "--epochs", description = "Passes over the training part (default: what suits the data).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--runs", defaultValue = "runs", description = "Where runs are kept (default: ./${DEFAULT-VALUE}).")
    private Path runs = Path.of("");

    @Mixin
    private final LargeBatchOptions largeBatch = new LargeBatchOptions();

    @Mixin
    private final CourseOptions course = new CourseOptions();

    @Mixin
    private final ExtraOptions extras = new ExtraOptions();

    @Mixin
    private final SharingOptions sharing = new SharingOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        WorkerProcess process = WorkerProcess.of(System.getenv());
        Setup begun = setup.load();
        Dataset dataset = begun.data();
        int size = begun.batch();
        Rule rule = largeBatch.rule(begun.rule(), size);
        TrainingConfig plain = begun.config(
                        rule, NONE_YET, epochs.orElse(begun.recipe().epochs()))
                .with(course.chosen())
                .with(sharing.chosen());
        long warmUp = largeBatch.warmUp(plain, dataset, schedule);
        Schedule found = Recipe.schedule(schedule, rate, plain.steps(dataset), warmUp, course.snapshots());
        TrainingConfig config =
                plain.with(largeBatch.rate(found, size)).with(largeBatch.extras(extras.chosen(plain, dataset)));
        process.start(console, Engine::start);
        process.train(
                console,
                config,
                setup.dataName(),
                (listener, workers) -> Training.run(config, dataset, runs, listener, workers));
    }
}
