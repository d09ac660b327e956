package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.sharpness.Basin;
import org.thalweg.lab.sharpness.SharpnessPage;
import org.thalweg.lab.sharpness.SharpnessStudy;
import org.thalweg.lab.trained.TrainedRun;
import org.thalweg.train.curvature.MeanLoss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg sharpness}. */
@Command(
        name = "sharpness",
        description =
                "How sharp the minimum is that a run found: Keskar's and SAM's measures, and the volume of its basin.")
final class SharpnessCommand implements Runnable {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--epsilon",
            split = ",",
            defaultValue = "1e-3,5e-4",
            description = "Of Keskar's box, which reaches epsilon (|w| + 1) to both sides of each weight"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons = List.of();

    @Option(
            names = "--rho",
            split = ",",
            defaultValue = "0.05",
            description = "Radius of the ball in which SAM's measure is taken (default: ${DEFAULT-VALUE}).")
    private List<Double> rhos = List.of();

    @Option(
            names = "--iterations",
            defaultValue = "10",
            description = "Of the climb to the highest loss, from each of two starts (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--cutoff",
            paramLabel = "LOSS",
            defaultValue = "0.1",
            description = "Up to which loss the basin reaches (default: ${DEFAULT-VALUE}).")
    private double cutoff;

    @Option(
            names = "--directions",
            paramLabel = "N",
            defaultValue = "50",
            description = "Random directions along which the basin is measured; 0 for no volume"
                    + " (default: ${DEFAULT-VALUE}).")
    private int directions;

    @Option(
            names = "--filter-normalised",
            description = "Measure the basin in units of each filter's own length, without biases and normalisation.")
    private boolean filterNormalised;

    SharpnessCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answer(String page, SharpnessStudy.Found sharpness, double log10Volume, double log10Typical) {}

    @Override
    public void run() {
        SharpnessStudy study =
                new SharpnessStudy(epsilons, rhos, iterations, cutoff, directions, filterNormalised, options.seed());
        Path page = options.html("sharpness.html");
        try (TrainedRun run = options.open();
                MeanLoss loss = run.loss(options.sample())) {
            SharpnessStudy.Found found = study.of(loss, what -> console.err().println("Measuring " + what + " ..."));
            new SharpnessPage(options.subject(run), found).write(page);
            if (console.json()) {
                console.document(new Answer(
                        page.toString(),
                        found,
                        found.basin().map(Basin::log10Volume).orElse(Double.NaN),
                        found.basin().map(Basin::log10Typical).orElse(Double.NaN)));
            } else {
                tell(found, console.out());
                console.out().println(page);
            }
        }
    }

    private void tell(SharpnessStudy.Found found, PrintStream out) {
        out.printf(
                "Loss %s over %,d examples, %,d weights.%n",
                Numbers.text(found.loss()), found.examples(), found.weights());
        found.keskar().forEach(it -> line(out, "Keskar, epsilon " + it.size(), it, " %"));
        found.sam().forEach(it -> line(out, "SAM's step, rho " + it.size(), it, ""));
        found.ball().forEach(it -> line(out, "highest in the ball, rho " + it.size(), it, ""));
        if (found.basin().isPresent()) {
            Basin basin = found.basin().get();
            out.printf(
                    "Basin below a loss of %s: log10 volume %,.1f in %,d dimensions (typical %,.1f +- %,.1f).%n",
                    Numbers.text(cutoff),
                    basin.log10Volume(),
                    basin.dimensions(),
                    basin.log10Typical(),
                    basin.standardError());
        } else if (directions > 0) {
            out.printf(
                    "No volume: the loss is not below the cutoff of %s; give a higher one with --cutoff.%n",
                    Numbers.text(cutoff));
        }
    }

    private static void line(PrintStream out, String name, SharpnessStudy.Sized it, String unit) {
        out.printf(
                "%-32s %s%s (highest loss %s)%n",
                name,
                Numbers.text(it.sharpness().value()),
                unit,
                Numbers.text(it.sharpness().highest()));
    }
}
