package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.lab.compare.ComparePage;
import org.thalweg.lab.compare.Comparison;
import org.thalweg.lab.compare.Crew;
import org.thalweg.lab.compare.Results;
import org.thalweg.lab.compare.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thalweg compare}. */
@Command(
        name = "compare",
        description =
                "Compare rules fairly: tune each with the same budget on validation data, run it from fresh seeds with the"
                        + " settings chosen, and judge it on test data. Trials are saved as they end; the same command goes on with"
                        + " a comparison that was stopped.")
final class CompareCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final CompareOptions options = new CompareOptions();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes that make trials beside each other, each with its share of the threads"
                    + " (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--folder",
            description = "Where trials are kept (default: a folder in runs that is called after the tasks).")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "The page (default: compare.html in the folder).")
    private Optional<Path> html = Optional.empty();

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Comparison comparison = options.comparison();
        Path place = folder.orElseGet(options::folder);
        Results results = made(comparison, place);
        Path page = html.orElse(place.resolve("compare.html"));
        new ComparePage(results, command()).write(page);
        CompareAnswer answer = CompareAnswer.of(results, page);
        if (console.json()) {
            console.document(answer);
        } else {
            answer.tell(console.out());
        }
    }

    private Results made(Comparison comparison, Path place) {
        try (StopSignals signals = StopSignals.listen(console.err());
                Crew crew = crew(comparison, place);
                Counter counter = new Counter(console.err())) {
            return comparison.run(place, crew, new Progress(comparison, signals, counter));
        }
    }

    private Crew crew(Comparison comparison, Path place) {
        return jobs == 1 ? comparison.alone() : comparison.helpers(jobs, options.source(), place.resolve("jobs"));
    }

    /** A bar of what is still to be done. */
    private final class Progress implements Comparison.Watcher {
        private final Comparison comparison;
        private final StopSignals signals;
        private final Counter counter;
        private int before;

        Progress(Comparison comparison, StopSignals signals, Counter counter) {
            this.comparison = comparison;
            this.signals = signals;
            this.counter = counter;
        }

        @Override
        public void began(int done, int all) {
            before = done;
            console.err()
                    .printf(
                            "%,d trials of %s on %s%s; each is saved as it ends.%n",
                            all,
                            counted(comparison.contenders().size(), "rule"),
                            counted(comparison.workloads().size(), "task"),
                            done == 0 ? "" : ", of which %,d are there".formatted(done));
            counter.beginQuietly("trials", all - done);
        }

        @Override
        public void ended(int done, int all, Trial trial) {
            counter.accept(done - before);
        }

        @Override
        public boolean stopAsked() {
            return signals.asked();
        }
    }

    private static String counted(int count, String what) {
        return count == 1 ? "1 " + what : "%,d %ss".formatted(count, what);
    }

    /** The line that was typed, so that a shell takes it. */
    private String command() {
        return spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(word -> word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "./thalweg ", ""));
    }
}
