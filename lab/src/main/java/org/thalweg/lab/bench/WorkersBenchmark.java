package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.Sharing;
import org.thalweg.train.StepTiming;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.World;

/**
 * Measures training steps of several workers of one thread each beside one worker of one thread, on the same batches, in processes
 * of their own and in turns.
 *
 * @param workers at least 2
 * @param rounds processes of each kind
 */
public record WorkersBenchmark(TimedTraining training, Sharing sharing, int workers, int rounds) {
    private static final int WARM_UP_STEPS = 20;

    public WorkersBenchmark {
        if (workers < 2 || rounds < 1) {
            throw new IllegalArgumentException("there are 2 workers or more, and rounds are 1 or more");
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
        Dataset dataset = training.dataset();
        long parameters = training.config(dataset).model().plan(dataset.shape()).parameters();
        List<double[]> alone = new ArrayList<>();
        List<double[]> one = new ArrayList<>();
        List<double[]> several = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            alone.add(Children.numbers(
                    List.of(Children.process(WorkersBenchmark.class, training, what(), new EngineSetup(1)))));
            one.add(Children.numbers(Children.crew(1, WorkersBenchmark.class, training, what())));
            several.add(Children.numbers(Children.crew(workers, WorkersBenchmark.class, training, what())));
        }
        double aloneMillis = median(alone, 0);
        double oneMillis = median(one, 0);
        double severalMillis = median(several, 0);
        double wire = sharing.wire() == Sharing.Wire.BFLOAT16 ? Short.BYTES : Float.BYTES;
        return new Report(
                training.data(),
                training.model(),
                Rules.format(training.rule()),
                workers,
                training.batch(),
                training.steps(),
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

    /** What a measuring process is told beside the training. */
    private List<String> what() {
        return List.of(Boolean.toString(sharing.shardedState()), sharing.wire().name());
    }

    /** The measuring process: prints the milliseconds of a step, of the waits without and with overlap, and the bytes of a step. */
    public static void main(String[] args) {
        TimedTraining training = TimedTraining.of(args);
        List<String> what = TimedTraining.rest(args);
        Sharing sharing = Sharing.PLAIN
                .withShardedState(Boolean.parseBoolean(what.get(0)))
                .with(Sharing.Wire.valueOf(what.get(1)));
        Dataset dataset = training.dataset();
        World world = World.fromEnvironment(System.getenv()).orElse(World.ALONE);
        try (Workers workers = Workers.open(world)) {
            StepTiming.Shared timing = StepTiming.shared(
                    training.config(dataset).with(sharing), dataset, WARM_UP_STEPS, training.steps(), workers);
            workers.barrier();
            System.out.println("%s %s %s %s"
                    .formatted(timing.stepMillis(), timing.exchangeMillis(), timing.waitedMillis(), timing.bytes()));
        }
    }
}
