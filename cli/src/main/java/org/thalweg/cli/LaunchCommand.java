package org.thalweg.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.thalweg.cli.launch.JavaCommand;
import org.thalweg.cli.launch.Job;
import org.thalweg.cli.launch.Supervisor;
import org.thalweg.train.run.RunDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg launch}. */
@Command(
        name = "launch",
        description = "Train with several workers on this machine: start them, end all when one fails, and start them"
                + " again from the last checkpoint if asked to.",
        customSynopsis = "thalweg launch --workers N [OPTIONS] train ... | resume RUN")
final class LaunchCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--workers", paramLabel = "N", required = true, description = "How many processes train together.")
    private int workers;

    @Option(
            names = "--max-restarts",
            paramLabel = "K",
            defaultValue = "0",
            description = "How often the job comes back from its last checkpoint after a fault (default: never).")
    private int restarts;

    @Option(
            names = "--address",
            defaultValue = Job.LOOPBACK,
            description =
                    "The address of this machine where the workers meet, and that alone (default: ${DEFAULT-VALUE}).")
    private String address = "";

    @Option(names = "--port", description = "The port where the workers meet (default: a free one).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a worker may go unheard of before the others give it up"
                    + " (default: ${DEFAULT-VALUE}).")
    private double timeout;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "Where rank-0.log and so on are kept (default: in the run's directory, under logs).")
    private Optional<Path> logs = Optional.empty();

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "'train ...' or 'resume RUN', as without workers.")
    private List<String> line = List.of();

    LaunchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Job job = new Job(
                workers,
                restarts,
                address,
                port.map(OptionalInt::of).orElse(OptionalInt.empty()),
                Duration.ofMillis(Math.round(1e3 * timeout)),
                logs);
        CommandLine.ParseResult parsed = parsed();
        if (CommandLine.executeHelpRequest(parsed) != null) {
            return 0;
        }
        Supervisor supervisor = new Supervisor(job, task(job, parsed), console.out(), console.err());
        try (StopSignals signals = StopSignals.listen(console.err(), supervisor::endAtOnce)) {
            return supervisor.run(signals::asked);
        }
    }

    /** A slip in the line is told once, before anything starts. */
    private CommandLine.ParseResult parsed() {
        CommandLine root = Main.commandLine(console);
        CommandLine.ParseResult whole = root.parseArgs(line.toArray(String[]::new));
        String name = whole.hasSubcommand() ? whole.subcommand().commandSpec().name() : line.getFirst();
        if (!LaunchedLine.NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "workers can be launched to 'train ...' or to 'resume RUN', but not to '%s'".formatted(name));
        }
        return whole;
    }

    private LaunchedLine task(Job job, CommandLine.ParseResult parsed) {
        CommandLine.ParseResult command = parsed.subcommand();
        Optional<Path> run = command.commandSpec().name().equals(LaunchedLine.RESUME)
                ? Optional.of(command.matchedPositionalValue(0, Path.of("")))
                : Optional.empty();
        run.ifPresent(RunDirectory::readConfig); // no run there is better told once
        return new LaunchedLine(
                JavaCommand.ofThisProgram(job.processors()), job.workers(), line, run, console.json(), console.debug());
    }
}
