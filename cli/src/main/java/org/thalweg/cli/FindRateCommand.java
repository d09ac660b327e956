package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.rate.RatePage;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.RateSweep;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg find-rate}. */
@Command(
        name = "find-rate",
        description =
                "Find a learning rate: train a little while the rate grows, and see where the loss falls fastest.")
final class FindRateCommand implements Runnable {
    private final Console console;

    @Mixin
    private final SetupOptions setup = new SetupOptions();

    @Mixin
    private final ExtraOptions extras = new ExtraOptions();

    @Option(names = "--from", defaultValue = "1e-6", description = "The first rate (default: ${DEFAULT-VALUE}).")
    private double from;

    @Option(names = "--to", defaultValue = "10", description = "The last rate (default: ${DEFAULT-VALUE}).")
    private double to;

    @Option(
            names = "--steps",
            defaultValue = "200",
            description = "From the first rate to the last (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            defaultValue = "find-rate.html",
            description = "The page to write (default: ./${DEFAULT-VALUE}).")
    private Path html = Path.of("");

    FindRateCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answer(String page, RateSweep.Result result, double suggested, double steepest, double lowest) {}

    @Override
    public void run() {
        RateSweep sweep = new RateSweep(from, to, steps);
        Setup begun = setup.load();
        TrainingConfig plain = begun.config(begun.rule(), Schedule.constant(from), 1);
        TrainingConfig config = plain.with(extras.chosen(plain, begun.data()));
        console.err().println(Engine.start().summary());
        RateSweep.Result result;
        try (Counter counter = new Counter(console.err())) {
            counter.begin("the range of rates", steps);
            result = sweep.run(config, begun.data(), done -> counter.accept((int) done));
        }
        String subject = "%s on %s by %s, batch %,d"
                .formatted(begun.model().name(), begun.data().name(), Rules.format(begun.rule()), begun.batch());
        new RatePage(subject, result).write(html);
        if (console.json()) {
            console.document(new Answer(
                    html.toString(),
                    result,
                    result.suggested().orElse(Double.NaN),
                    result.steepest(),
                    result.lowest()));
        } else {
            tell(result, console.out());
            console.out().println(html);
        }
    }

    private static void tell(RateSweep.Result result, PrintStream out) {
        out.printf(
                "The loss falls fastest at a rate of %s and is lowest at %s; %s.%n",
                Numbers.text(result.steepest()),
                Numbers.text(result.lowest()),
                result.diverged() ? "beyond that it diverged" : "it did not diverge up to the last rate");
        result.suggested()
                .ifPresentOrElse(
                        rate -> out.printf("Begin with --lr %s.%n", Numbers.text(rate)),
                        () -> out.println("No rate made the loss fall: try more --steps, or other rates."));
    }
}
