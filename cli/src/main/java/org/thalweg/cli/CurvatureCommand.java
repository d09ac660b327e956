package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.thalweg.lab.curvature.Curvature;
import org.thalweg.lab.curvature.CurvaturePage;
import org.thalweg.lab.curvature.CurvatureStudy;
import org.thalweg.lab.curvature.Eigenvalue;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.trained.TrainedRun;
import org.thalweg.train.curvature.MeanLoss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg curvature}. */
@Command(
        name = "curvature",
        description =
                "Second derivatives of a trained network's loss: largest eigenvalues of the Hessian, its trace, and how"
                        + " its eigenvalues are spread.")
final class CurvatureCommand implements Runnable {
    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--top", defaultValue = "10", description = "Largest eigenvalues (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--tolerance",
            defaultValue = "0.001",
            description = "Residual of each, as a share of it (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--trace-probes",
            paramLabel = "N",
            defaultValue = "20",
            description = "Random vectors for the trace (default: ${DEFAULT-VALUE}).")
    private int traceProbes;

    @Option(
            names = "--density-probes",
            paramLabel = "N",
            defaultValue = "2",
            description = "Random vectors for the spectral density; 0 for none (default: ${DEFAULT-VALUE}).")
    private int densityProbes;

    @Option(
            names = "--density-steps",
            paramLabel = "N",
            defaultValue = "60",
            description = "Steps of Lanczos' method for each of those (default: ${DEFAULT-VALUE}).")
    private int densitySteps;

    @Option(names = "--layers", description = "Look at each layer's block of the Hessian as well.")
    private boolean layers;

    CurvatureCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answer(String page, Curvature curvature) {}

    @Override
    public void run() {
        CurvatureStudy study =
                new CurvatureStudy(top, tolerance, traceProbes, densityProbes, densitySteps, layers, options.seed());
        Path page = options.html("curvature.html");
        try (TrainedRun run = options.open();
                MeanLoss loss = run.loss(options.sample())) {
            Curvature found = study.of(loss, what -> console.err().println("Computing " + what + " ..."));
            new CurvaturePage(options.subject(run), found).write(page);
            if (console.json()) {
                console.document(new Answer(page.toString(), found));
            } else {
                tell(found, console.out());
                console.out().println(page);
            }
        }
    }

    private static void tell(Curvature found, PrintStream out) {
        out.printf(
                "Loss %s over %,d examples, gradient of length %s, %,d weights.%n",
                Numbers.text(found.loss()), found.examples(), Numbers.text(found.gradientNorm()), found.weights());
        out.println("Largest eigenvalues, with the residual as a share of each:");
        found.top().forEach(value -> eigenvalue(out, value));
        if (!found.converged()) {
            out.println("Not all of them are as exact as was asked for: allow a larger --tolerance.");
        }
        out.println("Smallest:");
        eigenvalue(out, found.lowest());
        out.printf(
                "Trace %s, standard error %s. Condition number: %s.%n",
                Numbers.text(found.trace().value()),
                Double.isNaN(found.trace().standardError())
                        ? "unknown"
                        : Numbers.text(found.trace().standardError()),
                found.condition().isPresent()
                        ? Numbers.text(found.condition().getAsDouble())
                        : "none, since the smallest eigenvalue is not clearly above 0");
        found.layers()
                .forEach(block -> out.printf(
                        "  %-24s largest %s, trace %s%n",
                        block.layer(),
                        Numbers.text(block.largest().value()),
                        Numbers.text(block.trace().value())));
        Curvature.Cost cost = found.cost();
        out.printf(
                "Largest eigenvalues in %.1f s by %d products; a product takes %.0f ms, %.1f times a gradient.%n",
                cost.topSeconds(), cost.topProducts(), cost.productMillis(), cost.gradients());
    }

    private static void eigenvalue(PrintStream out, Eigenvalue value) {
        out.printf("  %14s  %.1e%n", Numbers.text(value.value()), value.relativeResidual());
    }
}
