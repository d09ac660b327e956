package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.picture.SchedulePlot;
import org.thalweg.optim.schedule.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg schedules plot}. */
@Command(name = "plot", description = "Draw schedules in the terminal, or as a picture with --output.")
final class SchedulesPlotCommand implements Runnable {
    private final Console console;

    @Parameters(
            paramLabel = "SCHEDULE",
            arity = "1..*",
            description = "One or more, such as 'cosine(0.1, 90).warmUp(5)'; 'thalweg schedules' lists them.")
    private String[] schedules = {};

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How many steps to show (default: what shows the schedule's shape).")
    private Optional<Long> steps = Optional.empty();

    @Option(names = "--log", description = "Let equal heights be equal factors.")
    private boolean logarithmic;

    @Option(names = "--output", paramLabel = "FILE", description = "The PNG file to write instead.")
    private Optional<Path> output = Optional.empty();

    SchedulesPlotCommand(Console console) {
        this.console = console;
    }

    /**
     * The answer.
     *
     * @param picture the file, if one was asked for
     */
    record Drawing(List<Values> schedules, Optional<String> picture) {}

    /**
     * A schedule's values.
     *
     * @param schedule its text form
     * @param points the values at all steps, or at evenly spread ones where there are many
     */
    record Values(String schedule, long steps, List<SchedulePlot.Point> points) {}

    @Override
    public void run() {
        List<SchedulePlot> plots =
                Arrays.stream(schedules).map(Schedule::parse).map(this::plot).toList();
        output.ifPresent(file -> {
            SchedulePlot.write(plots, file);
        });
        if (console.json()) {
            console.document(new Drawing(
                    plots.stream()
                            .map(plot -> new Values(plot.title(), plot.steps(), plot.points()))
                            .toList(),
                    output.map(Path::toString)));
        } else if (output.isPresent()) {
            console.out().println(output.orElseThrow());
        } else {
            plots.forEach(this::print);
        }
    }

    private SchedulePlot plot(Schedule schedule) {
        return new SchedulePlot(schedule.toString(), schedule, steps.orElseGet(schedule::shownSteps), logarithmic);
    }

    private void print(SchedulePlot plot) {
        console.out().println(plot.title());
        console.out().println();
        plot.lines().forEach(console.out()::println);
        console.out().println();
        console.out().println(plot.summary());
        console.out().println();
    }
}
