package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.lab.scaling.Calibration;
import org.thalweg.lab.scaling.Line;
import org.thalweg.lab.scaling.StepCost;
import org.thalweg.train.StepTiming;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
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
        TimedTraining training = TimedTraining.of(args);
        Engine.start();
        World world = World.fromEnvironment(System.getenv()).orElse(World.ALONE);
        try (Workers workers = Workers.open(world)) {
            System.out.println(
                    switch (TimedTraining.rest(args).getFirst()) {
                        case COST -> cost(training);
                        case LINK -> link(workers);
                        default -> steps(training, workers);
                    });
            workers.barrier();
        }
    }

    private static String cost(TimedTraining training) {
        Dataset data = training.dataset();
        List<Integer> sizes = DoubleStream.of(0.125, 0.25, 0.5, 1)
                .mapToObj(share -> Math.max(1, (int) (share * training.batch())))
                .distinct()
                .toList();
        StepCost cost = Calibration.measure(training.config(data), data, sizes).cost();
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

    private static double steps(TimedTraining training, Workers workers) {
        Dataset data = training.dataset();
        return StepTiming.shared(training.config(data), data, WARM_UP_STEPS, training.steps(), workers)
                .stepMillis();
    }

    private static double median(List<Double> values) {
        return Alternation.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
