package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.lab.report.PlanReport;
import org.thalweg.lab.scaling.AllReduce;
import org.thalweg.lab.scaling.Forecast;
import org.thalweg.lab.scaling.Plan;
import org.thalweg.lab.scaling.Planner;
import org.thalweg.lab.scaling.Quantity;
import org.thalweg.lab.scaling.StepCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg plan}. */
@Command(
        name = "plan",
        description =
                "Foresee what more workers and larger batches would make of a run: time of an epoch, and time to the same"
                        + " place.")
final class PlanCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run;

    @Option(names = "--workers", defaultValue = "64", description = "Up to so many (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "N",
            description = "Batch sizes that may be used (default: the run's, and what it doubles to).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--bandwidth",
            defaultValue = "10Gbit",
            description = "Between workers, each way, such as 25Gbit or 3GB/s (default: ${DEFAULT-VALUE}).")
    private String bandwidth = "";

    @Option(
            names = "--latency",
            defaultValue = "50us",
            description = "Of a message, such as 20us (default: ${DEFAULT-VALUE}).")
    private String latency = "";

    @Option(
            names = "--all-reduce",
            paramLabel = "ALGORITHM",
            defaultValue = "ring",
            description = "How gradients are summed: ring, tree or halving (default: ${DEFAULT-VALUE}).")
    private AllReduce allReduce = AllReduce.RING;

    @Option(
            names = "--bucket",
            paramLabel = "SIZE",
            description = "How much gradient is sent at once (default: as workers do).")
    private Optional<String> bucket = Optional.empty();

    @Option(names = "--compress", description = "Send gradients in two bytes a number (bfloat16).")
    private boolean compress;

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Cores that all workers share, if they are on one machine (default: each has its own machine).")
    private int cores;

    @Option(
            names = "--noise-scale",
            paramLabel = "N",
            description = "The gradient noise scale in examples (default: what the run measured, else measured now).")
    private Optional<Double> noise = Optional.empty();

    @Option(
            names = "--step-times",
            split = ",",
            paramLabel = "EXAMPLES=TIME",
            description =
                    "What a worker takes forward and backward, such as 32=5ms,256=30ms (default: timed now, here).")
    private Map<Integer, String> stepTimes = Map.of();

    @Option(
            names = "--target",
            paramLabel = "METRIC=VALUE",
            description = "What is to be reached on the test part, such as accuracy=0.9 (default: the end of the run).")
    private Optional<String> target = Optional.empty();

    @Option(names = "--data-dir", description = "The folder of the data's files, if they are not where they were.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The HTML page to write; RUN/plan.html if not given.")
    private Optional<Path> output = Optional.empty();

    PlanCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answered(
            String target,
            List<Forecast> best,
            double noiseScale,
            StepCost stepCost,
            double gradientBytes,
            List<String> assumptions,
            String page) {}

    @Override
    public void run() {
        Plan plan = planner().plan();
        Path page = output.orElseGet(() -> run.resolve("plan.html"));
        PlanReport.write(RunLog.read(run).title(), plan, page);
        if (console.json()) {
            console.document(new Answered(
                    plan.job().reached().words(),
                    plan.best(),
                    plan.job().tradeoff().critical(),
                    plan.job().cost(),
                    plan.job().gradientBytes(),
                    plan.assumptions(),
                    page.toString()));
        } else {
            tell(plan, page, console.out());
        }
    }

    private Planner planner() {
        noise.filter(examples -> !(examples > 0 && Double.isFinite(examples))).ifPresent(examples -> {
            throw new IllegalArgumentException("--noise-scale is a number of examples above 0, not " + examples);
        });
        Planner.Wires wires = new Planner.Wires(
                Quantity.time(latency),
                Quantity.bandwidth(bandwidth),
                allReduce,
                bucket.map(Quantity::size).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                compress ? Short.BYTES : Float.BYTES,
                cores);
        List<StepCost.Point> points = stepTimes.entrySet().stream()
                .map(entry -> point(entry.getKey(), Quantity.time(entry.getValue())))
                .toList();
        return new Planner(run, directory, workers, batches, wires, noise, points, target);
    }

    private static StepCost.Point point(int examples, double seconds) {
        if (examples < 1 || seconds <= 0) {
            throw new IllegalArgumentException(
                    "--step-times takes a time above 0 for 1 example or more, such as 32=5ms");
        }
        return new StepCost.Point(examples, seconds);
    }

    private static void tell(Plan plan, Path page, PrintStream out) {
        out.printf("To reach %s:%n%n", plan.job().reached().words());
        out.printf(
                "%8s %9s %10s %10s %10s %6s %10s %12s %10s%n",
                "workers", "batch", "step", "computing", "waiting", "eff.", "epoch", "steps", "target");
        for (Forecast at : plan.best()) {
            out.printf(
                    "%,8d %,9d %10s %10s %10s %4.0f %% %10s %,12.0f %10s%n",
                    at.workers(),
                    at.batch(),
                    Quantity.timeText(at.step()),
                    Quantity.timeText(at.compute()),
                    Quantity.timeText(at.exposed()),
                    100 * at.efficiency(),
                    Quantity.timeText(at.epoch()),
                    at.steps(),
                    Quantity.timeText(at.target()));
        }
        out.printf("%nEach row takes the batch size that arrives first. Assumed:%n");
        plan.assumptions().forEach(sentence -> out.println("- " + sentence));
        out.printf("As far as thousands of workers, with plots: %s%n", page);
    }
}
