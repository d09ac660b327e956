package org.thalweg.cli;

import java.util.Comparator;
import java.util.List;
import org.thalweg.lab.bench.PlanBenchmark;
import org.thalweg.lab.scaling.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg bench plan}. */
@Command(
        name = "plan",
        description =
                "Foresee steps of workers on this machine as 'thalweg plan' does, and measure them: processes with one thread"
                        + " each, which share the cores where they outnumber them.")
final class BenchPlanCommand implements Runnable {
    private final Console console;

    @Mixin
    private final TimedOptions timed = new TimedOptions();

    @Option(
            names = "--batch",
            defaultValue = "256",
            description = "Of all workers together (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--steps", defaultValue = "100", description = "Steps that count (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--workers", split = ",", defaultValue = "1,2,4", description = "Default: ${DEFAULT-VALUE}.")
    private List<Integer> workers = List.of();

    BenchPlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        PlanBenchmark.Report report = new PlanBenchmark(timed.training(batch, steps), workers).run();
        if (console.json()) {
            console.document(report);
            return;
        }
        console.out()
                .printf(
                        "%s on %s, %,d parameters, batch %,d, one thread each on %d cores: %s and %s an example, update"
                                + " %s; links of %s and %.3g Gbit/s%n%n",
                        report.model(),
                        report.data(),
                        report.parameters(),
                        report.batch(),
                        report.machine().cores(),
                        Quantity.timeText(report.cost().fixed()),
                        Quantity.timeText(report.cost().perExample()),
                        Quantity.timeText(report.cost().update()),
                        Quantity.timeText(report.link().latency()),
                        8e-9 * report.link().bytesPerSecond());
        console.out().println("| workers | foreseen, ms a step | of it waiting | measured | error |");
        console.out().println("|---|---|---|---|---|");
        for (PlanBenchmark.Row row : report.rows()) {
            console.out()
                    .printf(
                            "| %d | %.2f | %.2f | %.2f | %+.1f %% |%n",
                            row.workers(), row.forecastMillis(), row.exposedMillis(), row.millis(), 100 * row.error());
        }
        double worst = report.rows().stream()
                .map(row -> Math.abs(row.error()))
                .max(Comparator.naturalOrder())
                .orElse(0.0);
        console.out().printf("%nThe largest error is %.1f %%.%n", 100 * worst);
    }
}
