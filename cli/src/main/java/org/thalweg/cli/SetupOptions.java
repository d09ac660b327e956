package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Initialisation;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained, on what, by which rule: options of every command that trains. */
final class SetupOptions {
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
            names = "--batch",
            paramLabel = "N",
            description = "Examples in a step, or 'all' (default: what suits the data).")
    private Optional<String> batch = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of weights, order and split (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** Reads the rule, loads the data, and builds on both. */
    Setup load() {
        Rule chosen = Rules.parse(rule);
        Dataset dataset = data.request(seed).load();
        Recipe recipe = Recipe.of(dataset);
        int size = batch.map(text -> batchSize(text, dataset)).orElse(recipe.batch());
        return new Setup(dataset, recipe, wanted(model.orElse(recipe.model()), dataset), chosen, size, seed);
    }

    /** The data as the user called it. */
    String dataName() {
        return data.name();
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
