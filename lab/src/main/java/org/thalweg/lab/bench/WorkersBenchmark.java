package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Sharing;
import org.thalweg.train.StepTiming;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.World;

/**
 * Measures training steps of several workers of one thread each beside one worker of one thread, on the same batches, in processes
 * of their own and in turns.
 *
 * @param workers at least 2
 * @param batch examples of a step, of all workers together
 * @param steps that count in each process
 * @param rounds processes of each kind
 */
public record WorkersBenchmark(
        String data,
        Optional<Path> dataDirectory,
        String model,
        Rule rule,
        Sharing sharing,
        int workers,
        int batch,
        int steps,
        int rounds) {
    private static final int WARM_UP_STEPS = 20;
    private static final double RATE = 1e-3;

    public WorkersBenchmark {
        if (workers < 2 || steps < 1 || rounds < 1) {
            throw new IllegalArgumentException("there are 2 workers or more, and steps and rounds are 1 or more");
        }
    }

    /**
     * What was measured, as medians over the rounds.
     *
     * @param aloneMillis a step of a process by itself
     * @param oneWorkerMillis a step of the only worker of a world of one
     * @param overhead how much longer that takes, as a share
     * @param workersMillis a step of several workers
     * @param speedUp how many times as fast that is as one
     * @param exchangeMillis how long a step waits for the sums of gradients where they begin after its backward pass
     * @param waitedMillis the same where they begin while it runs, as they do
     * @param hidden the share of that wait that the backward pass hides
     * @param bytes that each worker sends in a step, counted on the loopback
     * @param ringBytes what a ring of workers has to send: 2(M-1)/M of the gradients' bytes
     */
    public record Report(
            String data,
            String model,
            String rule,
            int workers,
            int batch,
            int steps,
            double aloneMillis,
            double oneWorkerMillis,
            double overhead,
            double workersMillis,
            double speedUp,
            double exchangeMillis,
            double waitedMillis,
            double hidden,
            double bytes,
            double ringBytes,
            Machine machine) {}

    /** Runs the processes, one kind after the other. */
    public Report run() {
        long parameters = config(dataset()).model().plan(dataset().shape()).parameters();
        List<double[]> alone = new ArrayList<>();
        List<double[]> one = new ArrayList<>();
        List<double[]> several = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            alone.add(measured(0));
            one.add(measured(1));
            several.add(measured(workers));
        }
        double aloneMillis = median(alone, 0);
        double oneMillis = median(one, 0);
        double severalMillis = median(several, 0);
        double wire = sharing.wire() == Sharing.Wire.BFLOAT16 ? Short.BYTES : Float.BYTES;
        return new Report(
                data,
                model,
                Rules.format(rule),
                workers,
                batch,
                steps,
                aloneMillis,
                oneMillis,
                oneMillis / aloneMillis - 1,
                severalMillis,
                oneMillis / severalMillis,
                median(several, 1),
                median(several, 2),
                1 - median(several, 2) / median(several, 1),
                median(several, 3) / workers,
                2.0 * (workers - 1) / workers * parameters * wire,
                Machine.here());
    }

    private static double median(List<double[]> rounds, int figure) {
        return Alternation.median(
                rounds.stream().mapToDouble(figures -> figures[figure]).toArray());
    }

    private Dataset dataset() {
        return Dataset.of(Corpus.load(data, dataDirectory), new Split(1));
    }

    private TrainingConfig config(Dataset dataset) {
        Model wanted = Models.named(model, dataset.shape(), dataset.task());
        return new TrainingConfig(wanted, rule, Schedule.constant(RATE), 1, batch, 1)
                .with(wanted.loss(dataset.task()))
                .with(sharing);
    }

    /** The figures of rank 0 of so many workers; of none, a process that knows of no workers. */
    private double[] measured(int size) {
        int port = freePort();
        List<Process> processes = new ArrayList<>();
        try {
            for (int rank = 0; rank < Math.max(1, size); rank++) {
                World world =
                        new World(rank, Math.max(1, size), rank, "127.0.0.1", port, "bench", World.DEFAULT_TIMEOUT);
                processes.add(
                        process(size == 0 ? Map.of() : world.environment()).start());
            }
            byte[] said = processes.getFirst().getInputStream().readAllBytes();
            for (Process process : processes) {
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new IllegalStateException("a measuring process ended with exit code %d".formatted(exit));
                }
            }
            String answer = new String(said, StandardCharsets.UTF_8).strip();
            return Stream.of(answer.substring(answer.lastIndexOf('\n') + 1).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("measuring was interrupted", e);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private ProcessBuilder process(Map<String, String> environment) {
        List<String> command = ThisJava.running(WorkersBenchmark.class);
        command.addAll(List.of(
                data,
                dataDirectory.map(Path::toString).orElse(""),
                model,
                Rules.format(rule),
                Integer.toString(batch),
                Integer.toString(steps),
                Boolean.toString(sharing.shardedState()),
                sharing.wire().name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(World.ALONE.environment().keySet());
        builder.environment().putAll(environment);
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

    /** The measuring process: prints the milliseconds of a step, of the waits without and with overlap, and the bytes of a step. */
    public static void main(String[] args) {
        WorkersBenchmark benchmark = new WorkersBenchmark(
                args[0],
                Optional.of(args[1]).filter(text -> !text.isEmpty()).map(Path::of),
                args[2],
                Rules.parse(args[3]),
                new Sharing(Sharing.Norms.LOCAL, Boolean.parseBoolean(args[6]), Sharing.Wire.valueOf(args[7])),
                2,
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]),
                1);
        Dataset dataset = benchmark.dataset();
        World world = World.fromEnvironment(System.getenv()).orElse(World.ALONE);
        try (Workers workers = Workers.open(world)) {
            StepTiming.Shared timing =
                    StepTiming.shared(benchmark.config(dataset), dataset, WARM_UP_STEPS, benchmark.steps(), workers);
            workers.barrier();
            System.out.println("%s %s %s %s"
                    .formatted(timing.stepMillis(), timing.exchangeMillis(), timing.waitedMillis(), timing.bytes()));
        }
    }
}
