package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.thalweg.lab.layers.LayersPage;
import org.thalweg.lab.layers.LayersStudy;
import org.thalweg.lab.trained.TrainedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code thalweg layers}. */
@Command(
        name = "layers",
        description =
                "Each layer's gradient beside its weights, and the spread of its outputs, before training and after it.")
final class LayersCommand implements Runnable {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    LayersCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answer(String page, Map<String, Object> start, Map<String, Object> end) {}

    @Override
    public void run() {
        Path page = options.html("layers.html");
        try (TrainedRun run = options.open()) {
            LayersStudy study = LayersStudy.of(run, options.sample());
            new LayersPage(options.subject(run), study).write(page);
            if (console.json()) {
                console.document(new Answer(
                        page.toString(), study.start().json(), study.end().json()));
            } else {
                tell(study, console.out());
                console.out().println(page);
            }
        }
    }

    private static void tell(LayersStudy study, PrintStream out) {
        out.printf("%-34s %14s %14s%n", "gradient over weight", "before", "after");
        study.end()
                .ratios()
                .forEach((name, ratio) -> out.printf(
                        "%-34s %14.4g %14.4g%n", name, study.start().ratios().getOrDefault(name, Double.NaN), ratio));
        out.printf("%-34s %14s %14s%n", "variance of outputs", "before", "after");
        study.end().activations().forEach((name, moments) -> {
            var before = study.start().activations().get(name);
            out.printf(
                    "%-34s %14.4g %14.4g%n", name, before == null ? Double.NaN : before.variance(), moments.variance());
        });
    }
}
