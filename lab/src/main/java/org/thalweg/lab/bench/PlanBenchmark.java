package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.thalweg.lab.scaling.AllReduce;
import org.thalweg.lab.scaling.Cluster;
import org.thalweg.lab.scaling.Forecast;
import org.thalweg.lab.scaling.Job;
import org.thalweg.lab.scaling.Link;
import org.thalweg.lab.scaling.StepCost;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.noise.Tradeoff;
import org.thalweg.train.worker.World;

/**
 * Foresees the steps of workers on this machine from what one of them computes and two of them exchange, and measures them. Every
 * worker is a process with one thread; where they outnumber the cores they share them.
 *
 * @param batch examples in a step of all workers together
 * @param steps that count, of each number of workers
 * @param crews numbers of workers
 */
public record PlanBenchmark(
        String data, Optional<Path> dataDirectory, String model, Rule rule, int batch, int steps, List<Integer> crews) {
    private static final double RATE = 1e-3;
    /** As the workers themselves send. */
    private static final double BUCKET = 1 << 20;

    public PlanBenchmark {
        if (steps < 1 || crews.isEmpty() || crews.stream().anyMatch(crew -> crew < 1 || crew > batch)) {
            throw new IllegalArgumentException(
                    "measuring takes 1 step or more, and from 1 to as many workers as examples");
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
     * @param cost of a step on one worker with one thread
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
        Dataset dataset = dataset();
        TrainingConfig config = config(dataset); // what is not there is told here, and not by a process that failed
        long parameters = config.model().plan(dataset.shape()).parameters();
        double[] cost = Children.numbers(crew(1, WorkerBenchmark.COST));
        double[] link = Children.numbers(crew(2, WorkerBenchmark.LINK));
        Machine machine = Machine.here();
        Job job = new Job(
                new StepCost(cost[0], cost[1], cost[2], cost[3]),
                (double) Float.BYTES * parameters,
                dataset.train().count(),
                new Job.Reached(1, batch, "a step"),
                new Tradeoff(1));
        Cluster cluster = new Cluster(new Link(link[0], link[1], 0), AllReduce.RING, BUCKET, machine.cores(), 1);
        List<Row> rows = new ArrayList<>();
        for (int workers : crews) {
            Forecast forecast = Forecast.of(job, cluster, workers, batch);
            double millis = Children.numbers(crew(workers, WorkerBenchmark.STEPS))[0];
            rows.add(new Row(
                    workers,
                    1e3 * forecast.step(),
                    1e3 * forecast.exposed(),
                    millis,
                    1e3 * forecast.step() / millis - 1));
        }
        return new Report(data, model, parameters, batch, job.cost(), cluster.link(), rows, machine);
    }

    Dataset dataset() {
        return Dataset.of(Corpus.load(data, dataDirectory), new Split(1));
    }

    TrainingConfig config(Dataset dataset) {
        Model wanted = Models.named(model, dataset.shape(), dataset.task());
        return new TrainingConfig(wanted, rule, Schedule.constant(RATE), 1, batch, 1).with(wanted.loss(dataset.task()));
    }

    private List<ProcessBuilder> crew(int workers, String what) {
        int port = freePort();
        String job = UUID.randomUUID().toString();
        return IntStream.range(0, workers)
                .mapToObj(rank -> process(
                        new World(rank, workers, rank, World.ALONE.address(), port, job, World.DEFAULT_TIMEOUT), what))
                .toList();
    }

    private ProcessBuilder process(World world, String what) {
        List<String> command = ThisJava.running(WorkerBenchmark.class);
        command.addAll(List.of(
                data,
                dataDirectory.map(Path::toString).orElse(""),
                model,
                Rules.format(rule),
                Integer.toString(batch),
                Integer.toString(steps),
                what));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(world.environment());
        builder.environment().put(EngineSetup.VARIABLE, new EngineSetup(1).toString());
        return builder;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
