package org.thalweg.cli;

import java.io.PrintStream;
import org.thalweg.lab.bench.WorkersBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg bench workers}. */
@Command(
        name = "workers",
        description =
                "Measure steps of several workers of one thread each beside one of one thread, on the same batches.")
final class BenchWorkersCommand implements Runnable {
    private final Console console;

    @Mixin
    private final TimedOptions timed = new TimedOptions();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "2 or more (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--batch",
            defaultValue = "128",
            description = "Examples of a step, of all workers together (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--steps",
            defaultValue = "200",
            description = "Steps that count, in each process (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Processes of each kind, in turns (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private final SharingOptions sharing = new SharingOptions();

    BenchWorkersCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        WorkersBenchmark.Report report =
                new WorkersBenchmark(timed.training(batch, steps), sharing.chosen(), workers, rounds).run();
        if (console.json()) {
            console.document(report);
        } else {
            print(console.out(), report);
        }
    }

    private static void print(PrintStream out, WorkersBenchmark.Report report) {
        out.printf("%s on %s, batch %d, one thread each:%n", report.model(), report.data(), report.batch());
        out.printf("  a process by itself   %8.2f ms a step%n", report.aloneMillis());
        out.printf("  a world of 1 worker   %8.2f ms, %+.1f %%%n", report.oneWorkerMillis(), 100 * report.overhead());
        out.printf(
                "  %d workers             %8.2f ms, %.2f times as fast as 1%n",
                report.workers(), report.workersMillis(), report.speedUp());
        out.printf(
                "  waiting for sums      %8.2f ms where they begin after the backward pass, %.2f as they begin: %.0f %% hidden%n",
                report.exchangeMillis(), report.waitedMillis(), 100 * report.hidden());
        out.printf(
                "  bytes sent by each    %,8.0f a step; a ring has to send %,.0f (%.3f times as many)%n",
                report.bytes(), report.ringBytes(), report.bytes() / report.ringBytes());
    }
}
