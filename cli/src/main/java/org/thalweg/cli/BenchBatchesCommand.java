package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.bench.BatchBenchmark;
import org.thalweg.lab.bench.BatchRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code thalweg bench batches}. */
@Command(
        name = "batches",
        description =
                "Train with small to large batches at equal epochs, by recipes that scale a rate that was tuned at one of"
                        + " them, and make a table of accuracies. What is finished is kept: the same command goes on.")
final class BenchBatchesCommand implements Runnable {
    private final Console console;

    @Option(names = "--data", defaultValue = "fashion-mnist", description = "Default: ${DEFAULT-VALUE}.")
    private String data = "";

    @Option(
            names = "--data-dir",
            description =
                    "The folder of the data's files (default: the user's cache, then where Debian puts data sets).")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(
            names = "--model",
            defaultValue = "convnet:channels=8,hidden=64",
            description = "Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(names = "--epochs", defaultValue = "6", description = "Of each training (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batches",
            split = ",",
            paramLabel = "N",
            defaultValue = "64,128,256,512,1024,2048,4096,8192",
            description = "The rows (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--recipes",
            split = ",",
            paramLabel = "RECIPE",
            defaultValue = "plain,linear,lars,lamb",
            description = "The columns (default: ${DEFAULT-VALUE}).")
    private List<BatchRecipe> recipes = List.of();

    @Option(
            names = "--tune-at",
            paramLabel = "N",
            defaultValue = "512",
            description =
                    "The batch size at which each recipe's rate is chosen among five (default: ${DEFAULT-VALUE}).")
    private int tuned;

    @Option(names = "--seeds", split = ",", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds = List.of();

    @Option(
            names = "--folder",
            defaultValue = "runs/batches",
            description = "Where trainings are kept (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    BenchBatchesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        BatchBenchmark benchmark =
                new BatchBenchmark(data, dataDirectory, model, epochs, tuned, batches, recipes, seeds, folder);
        BatchBenchmark.Report report = benchmark.run(console.err()::println);
        if (console.json()) {
            console.document(report);
            return;
        }
        console.out().print(BatchBenchmark.markdown(report));
        console.out()
                .printf(
                        "%nTest accuracy in per cent after %d epochs of %s on %s (%,d parameters), seeds: %d. Each recipe"
                                + " took the best of %d rates at batch %d, by accuracy on a tenth of the training part that was"
                                + " set aside.%n",
                        report.epochs(),
                        report.model(),
                        report.data(),
                        report.parameters(),
                        report.seeds(),
                        BatchBenchmark.FACTORS.size(),
                        report.tuned());
        recipes.forEach(recipe -> console.out().println("- " + recipe.words() + "."));
    }
}
