package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.lab.scaling.AllReduce;
import org.thalweg.lab.scaling.Cluster;
import org.thalweg.lab.scaling.Forecast;
import org.thalweg.lab.scaling.Job;
import org.thalweg.lab.scaling.Link;
import org.thalweg.lab.scaling.StepCost;
import org.thalweg.train.Sharing;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.noise.Tradeoff;

/**
 * Foresees the steps of workers on this machine from what one of them computes and two of them exchange, and measures them. Every
 * worker is a process with one thread; where they outnumber the cores they share them.
 *
 * @param crews numbers of workers
 */
public record PlanBenchmark(TimedTraining training, List<Integer> crews) {
    public PlanBenchmark {
        int batch = training.batch();
        if (crews.isEmpty() || crews.stream().anyMatch(crew -> crew < 1 || crew > batch)) {
            throw new IllegalArgumentException("measuring takes from 1 to as many workers as examples");
        }
        crews = List.copyOf(crews);
    }

    /**
     * A number of workers.
     *
     * @param forecastMillis of a step
     * @param exposedMillis of it that gradients are waited for
     * @param millis the median of those measured, on the first worker
     * @param error of the forecast, as a share of what was measured
     */
    public record Row(int workers, double forecastMillis, double exposedMillis, double millis, double error) {}

    /**
     * What was measured.
     *
     * @param cost of a step on one worker with one thread, alone on the machine
     * @param link between two workers, fitted to sums of 4 bytes to 4 MB
     */
    public record Report(
            String data,
            String model,
            long parameters,
            int batch,
            StepCost cost,
            Link link,
            List<Row> rows,
            Machine machine) {}

    /** Measures one after the other. */
    public Report run() {
        Dataset dataset = training.dataset();
        TrainingConfig config =
                training.config(dataset); // what is not there is told here, and not by a process that failed
        long parameters = config.model().plan(dataset.shape()).parameters();
        double[] link = measured(2, WorkerBenchmark.LINK);
        Machine machine = Machine.here();
        Cluster cluster = new Cluster(
                new Link(link[0], link[1], 0),
                AllReduce.RING,
                Sharing.bucketBytes(Float.BYTES * parameters),
                machine.cores(),
                1);
        Map<Integer, StepCost> costs = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (int workers : crews) {
            int computing = Math.min(workers, machine.cores());
            Job job = job(costs.computeIfAbsent(computing, this::cost), parameters, dataset);
            Forecast forecast = Forecast.of(job, cluster, workers, training.batch());
            double millis = measured(workers, WorkerBenchmark.STEPS)[0];
            rows.add(new Row(
                    workers,
                    1e3 * forecast.step(),
                    1e3 * forecast.exposed(),
                    millis,
                    1e3 * forecast.step() / millis - 1));
        }
        return new Report(
                training.data(),
                training.model(),
                parameters,
                training.batch(),
                costs.computeIfAbsent(1, this::cost),
                cluster.link(),
                rows,
                machine);
    }

    private Job job(StepCost cost, long parameters, Dataset dataset) {
        return new Job(
                cost,
                Float.BYTES * parameters,
                dataset.train().count(),
                new Job.Reached(1, training.batch(), "a step"),
                new Tradeoff(1));
    }

    /** What a step costs a worker while others compute beside it: cores share caches and the way to memory. */
    private StepCost cost(int workers) {
        double[] cost = measured(workers, WorkerBenchmark.COST);
        return new StepCost(cost[0], cost[1], cost[2], cost[3]);
    }

    private double[] measured(int workers, String what) {
        return Children.numbers(Children.crew(workers, WorkerBenchmark.class, training, List.of(what)));
    }
}
