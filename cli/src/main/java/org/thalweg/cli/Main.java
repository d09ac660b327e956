package org.thalweg.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.thalweg.cli.launch.Leash;
import picocli.CommandLine;

/** Where the {@code thalweg} command starts. */
public final class Main {
    static final int FAILURE = 1;
    static final int USAGE = 2;
    /** A worker ended because another one had. */
    static final int ANOTHER_WORKER = Leash.OTHERS_ENDED;

    private Main() {}

    public static void main(String[] args) {
        Console console = new Console(System.out, System.err);
        // Standard output is the console's alone: what libraries print must not end up inside a JSON document.
        System.setOut(System.err);
        if (Leash.isOn(System.getenv())) {
            StopSignals.leaveInterruptsToLauncher();
            Leash.follow(System.in);
        }
        System.exit(run(console, args));
    }

    /**
     * Runs one command.
     *
     * @return the exit code: 0, {@link #FAILURE} or {@link #USAGE}
     */
    static int run(Console console, String... args) {
        return run(commandLine(console), console, args);
    }

    static int run(CommandLine commandLine, Console console, String... args) {
        // Pictures are written, and none is shown: a display that is named but cannot be reached must not matter.
        System.setProperty("java.awt.headless", "true");
        Failures failures = new Failures(console);
        commandLine.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
            return failures.report(e);
        } finally {
            console.flush();
        }
    }

    /** The root command with all that hang below it. A new command is one line here. */
    static CommandLine commandLine(Console console) {
        CommandLine root = new CommandLine(new Thalweg(console));
        root.addSubcommand(new TrainCommand(console));
        root.addSubcommand(new ResumeCommand(console));
        root.addSubcommand(new CommandLine(new LaunchCommand(console)).setStopAtPositional(true));
        root.addSubcommand(new DataCommand(console));
        root.addSubcommand(new ModelsCommand(console));
        root.addSubcommand(new RulesCommand(console));
        root.addSubcommand(new ExplainCommand(console));
        root.addSubcommand(
                new CommandLine(new SchedulesCommand(console)).addSubcommand(new SchedulesPlotCommand(console)));
        root.addSubcommand(new CommandLine(new BenchCommand())
                .addSubcommand(new BenchStepCommand(console))
                .addSubcommand(new BenchTrainCommand(console))
                .addSubcommand(new BenchWorkersCommand(console))
                .addSubcommand(new BenchBatchesCommand(console))
                .addSubcommand(new BenchPlanCommand(console)));
        root.addSubcommand(new CompareCommand(console));
        root.addSubcommand(new DescendCommand(console));
        root.addSubcommand(new ProblemsCommand(console));
        root.addSubcommand(new ReproduceCommand(console));
        root.addSubcommand(new PlotCommand(console));
        root.addSubcommand(new ReportCommand(console));
        root.addSubcommand(new DashboardCommand(console));
        root.addSubcommand(new PredictCommand(console));
        root.addSubcommand(new NoiseScaleCommand(console));
        root.addSubcommand(new PlanCommand(console));
        root.addSubcommand(new LandscapeCommand(console));
        root.addSubcommand(new CurvatureCommand(console));
        root.addSubcommand(new SharpnessCommand(console));
        root.addSubcommand(new LayersCommand(console));
        root.addSubcommand(new FindRateCommand(console));
        root.addSubcommand(new WarmUp(console));
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8)); // for help that is asked for
        root.setCaseInsensitiveEnumValuesAllowed(true);
        return root.setUsageHelpWidth(100).setUsageHelpLongOptionsMaxWidth(30);
    }
}
