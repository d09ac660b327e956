package org.thalweg.lab.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.lab.scaling.Calibration;
import org.thalweg.lab.scaling.Line;
import org.thalweg.lab.scaling.StepCost;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Network;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.World;

/** One of the processes of {@link PlanBenchmark}: measures what it is told, and prints numbers. */
final class WorkerBenchmark {
    /** Prints what a step costs: fixed and per example in seconds, the share of the way back, the update in seconds. */
    static final String COST = "cost";

    /** Prints latency in seconds and bytes per second between two workers. */
    static final String LINK = "link";

    /** Prints a step's median milliseconds. */
    static final String STEPS = "steps";

    private static final int WARM_UP_STEPS = 20;
    private static final int SUMS = 60;
    private static final double[] SUM_BYTES = {4, 1 << 12, 1 << 16, 1 << 18, 1 << 20, 1 << 22};

    private WorkerBenchmark() {}

    public static void main(String[] args) {
        PlanBenchmark benchmark = new PlanBenchmark(
                args[0],
                Optional.of(args[1]).filter(text -> !text.isEmpty()).map(Path::of),
                args[2],
                Rules.parse(args[3]),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]),
                List.of(1));
        Engine.start();
        World world = World.fromEnvironment(System.getenv()).orElse(World.ALONE);
        try (Workers workers = Workers.open(world)) {
            System.out.println(
                    switch (args[6]) {
                        case COST -> cost(benchmark);
                        case LINK -> link(workers);
                        default -> steps(benchmark, workers);
                    });
            workers.barrier();
        }
    }

    private static String cost(PlanBenchmark benchmark) {
        Dataset data = benchmark.dataset();
        List<Integer> sizes = DoubleStream.of(0.125, 0.25, 0.5, 1)
                .mapToObj(share -> Math.max(1, (int) (share * benchmark.batch())))
                .distinct()
                .toList();
        StepCost cost = Calibration.measure(benchmark.config(data), data, sizes).cost();
        return "%s %s %s %s".formatted(cost.fixed(), cost.perExample(), cost.backward(), cost.update());
    }

    /** Two workers' ring: two messages of half the bytes each, so that a sum takes two latencies and all bytes once. */
    private static String link(Workers workers) {
        double[] seconds = DoubleStream.of(SUM_BYTES)
                .map(bytes -> sum((long) bytes / Float.BYTES, workers))
                .toArray();
        Line line = Line.fitted(SUM_BYTES, seconds);
        return "%s %s".formatted(line.fixed() / 2, 1 / line.slope());
    }

    private static double sum(long numbers, Workers workers) {
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = torch.zeros(numbers);
            List<Double> seconds = new ArrayList<>();
            for (int i = -SUMS / 4; i < SUMS; i++) {
                workers.barrier();
                long began = System.nanoTime();
                workers.allReduce(tensor).await();
                if (i >= 0) {
                    seconds.add((System.nanoTime() - began) / 1e9);
                }
            }
            return median(seconds);
        }
    }

    private static double steps(PlanBenchmark benchmark, Workers workers) {
        Dataset data = benchmark.dataset();
        TrainingConfig config = benchmark.config(data);
        Execution execution = new Execution(1, Execution.Kernels.VECTOR);
        List<Double> millis = new ArrayList<>();
        try (Network network = Network.build(config.model().plan(data.shape()), config.seed());
                Optimizer optimizer = Optimizer.of(
                        List.of(new ParameterGroup("all", config.rule(), network.parameters())),
                        config.schedule(),
                        config.extras().state(),
                        execution);
                TrainingStep step = new TrainingStep(network, optimizer, config.loss(), config.extras(), workers);
                Batches batches = new Batches(data.train(), new Batching(config.batch()), workers.share())) {
            for (int epoch = 1; millis.size() < WARM_UP_STEPS + benchmark.steps(); epoch++) {
                long began = System.nanoTime();
                for (Batch batch : batches.shuffled(config.seed(), epoch)) {
                    step.run(batch);
                    long now = System.nanoTime();
                    millis.add((now - began) / 1e6);
                    if (millis.size() == WARM_UP_STEPS + benchmark.steps()) {
                        break;
                    }
                    began = now;
                }
            }
        }
        return median(millis.subList(WARM_UP_STEPS, millis.size()));
    }

    private static double median(List<Double> values) {
        return Alternation.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
