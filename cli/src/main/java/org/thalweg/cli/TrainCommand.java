package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Initialisation;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg train}. */
@Command(name = "train", description = "Train a network, and keep everything about the run in a directory of its own.")
final class TrainCommand implements Runnable {
    private static final Schedule NONE_YET = Schedule.constant(1);

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--model",
            description =
                    "A ready model such as convnet or resnet:norm=group ('thalweg models' lists them), a model in a .yaml file,"
                            + " or TorchScript in a .pt file (default: what suits the data).")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--init",
            description =
                    "How weights start, such as kaiming-normal:fan=out or orthogonal (default: as the model says).")
    private Optional<String> initialisation = Optional.empty();

    @Option(
            names = "--precision",
            description = "float32, or bfloat16 for matrix products and convolutions (default: as the model says).")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--loss",
            description = "What is made small, such as cross-entropy:smoothing=0.1, hinge or square"
                    + " (default: as the model says, else what suits the data).")
    private Optional<String> loss = Optional.empty();

    @Option(
            names = "--rule",
            defaultValue = "adamw",
            description = "An update rule or a composition; 'thalweg rules' lists them (default: ${DEFAULT-VALUE}).")
    private String rule = "";

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

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Examples in a step, or 'all' (default: what suits the data).")
    private Optional<String> batch = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of weights, order and split (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--runs", defaultValue = "runs", description = "Where runs are kept (default: ./${DEFAULT-VALUE}).")
    private Path runs = Path.of("");

    @Mixin
    private final LargeBatchOptions largeBatch = new LargeBatchOptions();

    @Mixin
    private final CourseOptions course = new CourseOptions();

    @Mixin
    private final ExtraOptions extras = new ExtraOptions();

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        WorkerProcess process = WorkerProcess.of(System.getenv());
        Rule chosen = Rules.parse(rule);
        Dataset dataset = data.request(seed).load();
        Recipe recipe = Recipe.of(dataset);
        int size = batch.map(text -> batchSize(text, dataset)).orElse(recipe.batch());
        Model wanted = wanted(model.orElse(recipe.model()), dataset);
        TrainingConfig plain = new TrainingConfig(
                        wanted, largeBatch.rule(chosen, size), NONE_YET, epochs.orElse(recipe.epochs()), size, seed)
                .with(wanted.loss(dataset.task()))
                .with(course.chosen());
        long warmUp = largeBatch.warmUp(plain, dataset, schedule);
        Schedule found = Recipe.schedule(schedule, rate, plain.steps(dataset), warmUp, course.snapshots());
        TrainingConfig config =
                plain.with(largeBatch.rate(found, size)).with(largeBatch.extras(extras.chosen(plain, dataset)));
        process.start(console, Engine::start);
        process.train(
                console,
                config,
                data.name(),
                (listener, workers) -> Training.run(config, dataset, runs, listener, workers));
    }

    private Model wanted(String text, Dataset dataset) {
        Model chosen = ModelChoice.of(text, dataset.shape(), dataset.task());
        Model started =
                initialisation.map(Initialisation::parse).map(chosen::with).orElse(chosen);
        Model computed = precision.map(started::with).orElse(started);
        return loss.map(Losses::parse).map(computed::with).orElse(computed);
    }

    private static int batchSize(String text, Dataset data) {
        if (text.equals("all")) {
            return data.train().count();
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--batch is a number of examples, or 'all', but not '%s'".formatted(text), e);
        }
    }
}
