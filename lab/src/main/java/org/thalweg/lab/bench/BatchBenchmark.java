package org.thalweg.lab.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.thalweg.lab.ledger.Ledger;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.statistics.Spread;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.run.Document;

/**
 * Accuracy by batch size at equal epochs, for recipes that carry a rate from one batch size to others. Every recipe is tuned in
 * the same way: {@link #FACTORS} times its middle rate at one batch size, by the accuracy on a tenth of the training part, which
 * is set aside; then its rule of scale alone says the rate.
 *
 * @param data classes
 * @param dataDirectory where its files are, if not in the usual places
 * @param model by name
 * @param epochs of each training
 * @param tuned the batch size for tuning
 * @param batches the rows
 * @param recipes the columns
 * @param seeds each cell is the mean over them; the first is that of tuning
 * @param folder keeps what is finished, so that a table that was interrupted goes on
 */
public record BatchBenchmark(
        String data,
        Optional<Path> dataDirectory,
        String model,
        int epochs,
        int tuned,
        List<Integer> batches,
        List<BatchRecipe> recipes,
        List<Long> seeds,
        Path folder) {
    /** The rates that are tried, over a recipe's middle one. */
    public static final List<Double> FACTORS = List.of(0.25, 0.5, 1.0, 2.0, 4.0);

    private static final double SET_ASIDE = 0.1;

    public BatchBenchmark {
        if (batches.isEmpty() || recipes.isEmpty() || seeds.isEmpty()) {
            throw new IllegalArgumentException("a table needs a batch size, a recipe and a seed at least");
        }
        batches = List.copyOf(batches);
        recipes = List.copyOf(recipes);
        seeds = List.copyOf(seeds);
    }

    /**
     * A recipe's column.
     *
     * @param rate that tuning chose, for the batch size it was tuned at
     * @param atTheEdge whether no higher or no lower rate was tried
     * @param cells by row
     */
    public record Column(String recipe, double rate, boolean atTheEdge, List<Cell> cells) {}

    /**
     * One cell.
     *
     * @param test mean accuracy on the test part over the seeds, 0 to 1
     * @param deviation its standard deviation between seeds; NaN of one
     * @param diverged seeds whose numbers were no longer finite; they count as 0
     */
    public record Cell(int batch, long steps, double test, double deviation, int diverged) {}

    /** The table. */
    public record Report(
            String data,
            String model,
            long parameters,
            int epochs,
            int tuned,
            int seeds,
            List<Column> columns,
            Machine machine) {}

    /**
     * Trains what is not yet there.
     *
     * @param progress hears a line after each training
     */
    public Report run(Consumer<String> progress) {
        Dataset dataset = Dataset.of(Corpus.load(data, dataDirectory), new Split(SET_ASIDE, Split.DEFAULT_TEST, 1));
        Model trained = Models.named(model, dataset.shape(), dataset.task());
        try (Ledger ledger = Ledger.open(folder.resolve("trials.jsonl"), settings())) {
            BatchTrials trials = new BatchTrials(ledger, folder.resolve("runs"), dataset, trained, epochs, tuned);
            for (int batch : batches) {
                trials.config(new BatchTrial(recipes.getFirst(), batch, 1, 1)).steps(dataset); // refuses what cannot be
            }
            List<Column> columns = recipes.stream()
                    .map(recipe -> column(recipe, trials, progress))
                    .toList();
            long parameters = trained.plan(dataset.shape()).parameters();
            return new Report(data, model, parameters, epochs, tuned, seeds.size(), columns, Machine.here());
        }
    }

    private Column column(BatchRecipe recipe, BatchTrials trials, Consumer<String> progress) {
        List<Double> rates =
                FACTORS.stream().map(factor -> factor * recipe.middleRate()).toList();
        List<Double> validated = rates.stream()
                .map(rate -> outcome(new BatchTrial(recipe, tuned, rate, seeds.getFirst()), trials, progress)
                        .validation())
                .toList();
        double best = rates.get(validated.indexOf(Collections.max(validated)));
        boolean edge = best == rates.getFirst() || best == rates.getLast();
        List<Cell> cells = new ArrayList<>();
        for (int batch : batches) {
            cells.add(cell(
                    batch,
                    seeds.stream()
                            .map(seed -> outcome(new BatchTrial(recipe, batch, best, seed), trials, progress))
                            .toList()));
        }
        return new Column(recipe.title(), best, edge, cells);
    }

    private static BatchTrial.Outcome outcome(BatchTrial trial, BatchTrials trials, Consumer<String> progress) {
        boolean there = trials.isDone(trial);
        BatchTrial.Outcome outcome = trials.of(trial);
        progress.accept("%-40s test %.2f %%, validation %.2f %%%s"
                .formatted(
                        trial.name(),
                        100 * outcome.test(),
                        100 * outcome.validation(),
                        there ? ", as found" : ", %.1f s".formatted(outcome.seconds())));
        return outcome;
    }

    private static Cell cell(int batch, List<BatchTrial.Outcome> outcomes) {
        double[] tests = outcomes.stream().mapToDouble(BatchTrial.Outcome::test).toArray();
        long steps =
                outcomes.stream().mapToLong(BatchTrial.Outcome::steps).max().orElseThrow();
        int diverged = (int) DoubleStream.of(tests).filter(test -> test == 0).count();
        Spread spread = Spread.of(tests);
        return new Cell(batch, steps, spread.mean(), spread.deviation(), diverged);
    }

    /** What trainings depend on; a folder holds those of one kind. */
    private Map<String, Object> settings() {
        return Document.fields("data", data, "model", model, "epochs", epochs, "tuned at batch", tuned);
    }

    /** As a table in Markdown, with what it rests on below. */
    public static String markdown(Report report) {
        StringBuilder text = new StringBuilder("| batch | steps |");
        report.columns().forEach(column -> text.append(" %s |".formatted(column.recipe())));
        text.append("\n|---|---|")
                .append("---|".repeat(report.columns().size()))
                .append('\n');
        List<Cell> rows = report.columns().getFirst().cells();
        for (int row = 0; row < rows.size(); row++) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,d |",
                    rows.get(row).batch(),
                    rows.get(row).steps()));
            for (Column column : report.columns()) {
                text.append(" %s |".formatted(percent(column.cells().get(row))));
            }
            text.append('\n');
        }
        text.append("| rate at batch %,d | |".formatted(report.tuned()));
        report.columns()
                .forEach(column -> text.append(" %s%s |"
                        .formatted(Numbers.text(column.rate()), column.atTheEdge() ? " (edge of those tried)" : "")));
        return text.append('\n').toString();
    }

    private static String percent(Cell cell) {
        if (cell.diverged() > 0) {
            return "diverged";
        }
        String mean = String.format(Locale.ROOT, "%.2f", 100 * cell.test());
        return Double.isNaN(cell.deviation())
                ? mean
                : mean + String.format(Locale.ROOT, " ± %.2f", 100 * cell.deviation());
    }
}
