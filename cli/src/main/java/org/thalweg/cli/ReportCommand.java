package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.lab.report.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg report}. */
@Command(
        name = "report",
        description = "Write a page about a training run: its course, its mistakes, and how it was made.")
final class ReportCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The HTML file to write; RUN/report.html if not given.")
    private Optional<Path> output = Optional.empty();

    ReportCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Written(String report) {}

    @Override
    public void run() {
        Path page = output.orElseGet(() -> run.resolve(RunReport.FILE));
        RunReport.write(run, page);
        if (console.json()) {
            console.document(new Written(page.toString()));
        } else {
            console.out().println(page);
        }
    }
}
