package org.thalweg.cli;

import java.io.PrintStream;
import java.util.List;
import org.thalweg.lab.bench.Formats;
import org.thalweg.lab.bench.Rival;
import org.thalweg.lab.bench.StepBenchmark;
import org.thalweg.lab.bench.TensorSet;
import org.thalweg.optim.Precision;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code thalweg bench step}. */
@Command(
        name = "step",
        description = "Measure a rule's step against the memory's speed and against other implementations, in turns.")
final class BenchStepCommand implements Runnable {
    private final Console console;

    @Option(names = "--rule", defaultValue = "adam", description = "The rule (default: ${DEFAULT-VALUE}).")
    private String rule = "";

    @Option(names = "--all", description = "Measure every ready rule, one after the other, instead of --rule.")
    private boolean all;

    @Option(names = "--size", defaultValue = "25000000", description = "Parameters in all (default: ${DEFAULT-VALUE}).")
    private long size;

    @Option(
            names = "--tensors",
            defaultValue = "1",
            description = "How many equal tensors to cut them into, or resnet50 (default: ${DEFAULT-VALUE}).")
    private String tensors = "";

    @Option(
            names = "--against",
            split = ",",
            description = "Rivals: libtorch (torch::optim), aten-fused, or another rule.")
    private List<String> against = List.of();

    @Option(
            names = "--state",
            defaultValue = "float32",
            description =
                    "How ours stores its state: float32, bfloat16 or bfloat16-stochastic (default: ${DEFAULT-VALUE}).")
    private String state = "";

    @Option(
            names = "--parameters",
            defaultValue = "float32",
            description = "How our parameters and gradients are stored: float32, or bfloat16 with a float32 master copy"
                    + " (default: ${DEFAULT-VALUE}).")
    private Precision parameters = Precision.FLOAT32;

    @Option(names = "--threads", description = "Threads that share a step (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--turns", defaultValue = "21", description = "Turns for each (default: ${DEFAULT-VALUE}).")
    private int turns;

    BenchStepCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (!all) {
            StepBenchmark.Report report = measure(Rules.parse(rule));
            answer(report, () -> print(report));
            return;
        }
        List<StepBenchmark.Report> reports =
                Rules.ready().stream().map(this::measure).toList();
        answer(reports, () -> table(reports));
    }

    private StepBenchmark.Report measure(Rule measured) {
        return new StepBenchmark(
                        measured,
                        new Formats(parameters, StateFormat.parse(state)),
                        TensorSet.parse(tensors, size),
                        against.stream().map(Rival::parse).toList(),
                        threads,
                        turns)
                .run();
    }

    private void answer(Object document, Runnable lines) {
        if (console.json()) {
            console.document(document);
        } else {
            lines.run();
        }
    }

    private void table(List<StepBenchmark.Report> reports) {
        PrintStream out = console.out();
        out.printf("%-26s %6s %10s %8s %10s%n", "rule", "bytes", "ms", "GB/s", "of a copy");
        reports.forEach(report -> out.printf(
                "%-26s %6d %10.3f %8.1f %10.2f%n",
                report.rule(),
                report.bytesPerParameter(),
                report.millis(),
                report.gigabytesPerSecond(),
                report.ceilingFraction()));
    }

    private void print(StepBenchmark.Report report) {
        PrintStream out = console.out();
        out.printf(
                "%s in %s with state in %s on %,d parameters in %d %s, %d threads, %d turns%n",
                report.rule(),
                report.parameters(),
                report.state(),
                report.size(),
                report.tensors(),
                report.tensors() == 1 ? "tensor" : "tensors",
                report.threads(),
                report.turns());
        out.printf(
                "  thalweg      %8.3f ms   %.1f GB/s (%d bytes per parameter), %.2f of a copy's %.1f GB/s%n",
                report.millis(),
                report.gigabytesPerSecond(),
                report.bytesPerParameter(),
                report.ceilingFraction(),
                report.copyGigabytesPerSecond());
        report.against()
                .forEach((name, figures) ->
                        out.printf("  %-12s %8.3f ms   %.2f times ours%n", name, figures.millis(), figures.ratio()));
        out.printf(
                "%s, %d cores, %s%n",
                report.machine().processor(),
                report.machine().cores(),
                report.machine().java());
    }
}
