package org.thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.ClaimIndex;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Reproduction;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Watcher;
import org.thalweg.lab.lecture.Lectures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg reproduce}. */
@Command(
        name = "reproduce",
        description = {
            "Try claims of the lectures, and judge each by a criterion that was fixed before.",
            "What is measured is kept: the same command goes on where it was interrupted."
        })
final class ReproduceCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Which, such as C05.")
    private List<String> ids = List.of();

    @Option(names = "--list", description = "List the claims.")
    private boolean list;

    @Option(names = "--all", description = "All of them but those that take long, and an index of them.")
    private boolean all;

    @Option(names = "--long", description = "With --all: those that take long as well.")
    private boolean slow;

    @Option(names = "--seed", defaultValue = "1", description = "The first seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--seeds", paramLabel = "N", description = "How many (default: as many as the claim says).")
    private Optional<Integer> seeds = Optional.empty();

    @Option(
            names = "--quick",
            description = "On a small scale, which shows that a claim runs and says nothing about it.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "claims",
            description = "For pages and measurements (default: ./${DEFAULT-VALUE}).")
    private Path folder;

    ReproduceCommand(Console console) {
        this.console = console;
    }

    /** What is to be told about a claim. */
    record Sheet(String id, String claim, String source, String setup, String criterion, boolean takesLong) {
        static Sheet of(Statement statement) {
            return new Sheet(
                    statement.id(),
                    statement.claim(),
                    statement.source(),
                    statement.setup(),
                    statement.criterion(),
                    statement.isLong());
        }
    }

    /** A number over the seeds. */
    record Measured(String unit, double mean, double deviation, List<Double> bySeed) {}

    /** What came of a claim. */
    record Answer(
            String id,
            String claim,
            String source,
            String setup,
            String criterion,
            List<Long> seeds,
            SequencedMap<String, Measured> measured,
            String verdict,
            String reason,
            double seconds,
            Path page) {
        static Answer of(Reproduction.Result result) {
            Sheet sheet = Sheet.of(result.statement());
            SequencedMap<String, Measured> measured = new LinkedHashMap<>();
            for (Quantity quantity : result.exhibit().numbers()) {
                measured.put(
                        quantity.name(),
                        new Measured(quantity.unit(), quantity.mean(), quantity.deviation(), quantity.values()));
            }
            return new Answer(
                    sheet.id(),
                    sheet.claim(),
                    sheet.source(),
                    sheet.setup(),
                    sheet.criterion(),
                    result.seeds(),
                    measured,
                    result.verdict().outcome().words(),
                    result.verdict().reason(),
                    result.seconds(),
                    result.page());
        }
    }

    @Override
    public void run() {
        if (list) {
            list();
            return;
        }
        List<Claim<?>> claims = chosen();
        Reproduction reproduction =
                new Reproduction(folder, quick ? Trial.Extent.QUICK : Trial.Extent.FULL, seed, seeds);
        List<Reproduction.Result> results = new ArrayList<>();
        try (StopSignals signals = StopSignals.listen(console.err());
                StatusLine line = new StatusLine(console.err())) {
            for (Claim<?> claim : claims) {
                Reproduction.Result result = reproduction.of(claim, watcher(line, signals));
                line.clear();
                results.add(result);
                if (!console.json()) {
                    print(result);
                }
            }
        }
        if (all) {
            Path index = new ClaimIndex(results).write(folder);
            console.err().println("All on one page: " + index);
        }
        if (console.json()) {
            console.document(results.stream().map(Answer::of).toList());
        }
    }

    private List<Claim<?>> chosen() {
        if (all == !ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "name the claims to try, such as C05, or ask for --all; --list tells what there is");
        }
        return all
                ? Lectures.CLAIMS.stream()
                        .filter(claim -> slow || !claim.statement().isLong())
                        .toList()
                : ids.stream().<Claim<?>>map(Lectures::named).toList();
    }

    private static Watcher watcher(StatusLine line, StopSignals signals) {
        return new Watcher() {
            @Override
            public void says(String next) {
                line.show(next);
            }

            @Override
            public boolean stopAsked() {
                return signals.asked();
            }
        };
    }

    private void list() {
        List<Sheet> sheets = Lectures.CLAIMS.stream()
                .map(claim -> Sheet.of(claim.statement()))
                .toList();
        if (console.json()) {
            console.document(sheets);
            return;
        }
        for (Sheet sheet : sheets) {
            console.out()
                    .printf(
                            "  %s  %s (%s)%s%n",
                            sheet.id(), sheet.claim(), sheet.source(), sheet.takesLong() ? " (long)" : "");
        }
    }

    private void print(Reproduction.Result result) {
        console.out()
                .printf(
                        "%s %s%n    %s: %s%n    %s%n",
                        result.statement().id(),
                        result.statement().claim(),
                        result.verdict().outcome().words(),
                        result.verdict().reason(),
                        result.page());
    }
}
