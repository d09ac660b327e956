package org.thalweg.lab.scaling;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.train.NoiseMeasurement;
import org.thalweg.train.SavedRun;
import org.thalweg.train.Sharing;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Network;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.noise.Tradeoff;

/**
 * Makes a plan from a run: its length, what its steps cost here, and the noise of its gradients.
 *
 * @param run the run's directory
 * @param dataDirectory where its data is, if not where it was
 * @param workers the most that are asked about
 * @param batches that may be used; none for the run's own and what it doubles to
 * @param network what gradients go through
 * @param noise the gradient noise scale, if it is not to be taken from the run
 * @param stepTimes forward and backward on another machine, if steps are not to be timed on this one
 * @param target as {@link Targets} reads it
 */
public record Planner(
        Path run,
        Optional<Path> dataDirectory,
        int workers,
        List<Integer> batches,
        Wires network,
        Optional<Double> noise,
        List<StepCost.Point> stepTimes,
        Optional<String> target) {
    /** Of a network's forward and backward pass, where it was not measured: twice as many products on the way back. */
    private static final double USUAL_BACKWARD = 2.0 / 3;

    private static final int NOISE_BATCH = 1024;
    private static final int NOISE_PIECES = 8;
    private static final int NOISE_MEASUREMENTS = 20;

    /**
     * What gradients go through.
     *
     * @param latency of a message, seconds
     * @param bytesPerSecond each way
     * @param allReduce how gradients are summed
     * @param bucketBytes sent at once; as workers do, where it is not given
     * @param bytesPerNumber of the gradient: 4, or 2 where it is compressed
     * @param cores that all workers share; 0 where each has a machine to itself
     */
    public record Wires(
            double latency,
            double bytesPerSecond,
            AllReduce allReduce,
            OptionalDouble bucketBytes,
            int bytesPerNumber,
            int cores) {
        double bucketBytes(long parameters) {
            double usual = (double) Sharing.bucketBytes(Float.BYTES * parameters) / Float.BYTES * bytesPerNumber;
            return bucketBytes.orElse(usual);
        }
    }

    private record Noise(double examples, String words) {}

    /**
     * Measures what has to be measured, and puts it together.
     *
     * @throws IllegalArgumentException if something does not fit the run, or its noise scale cannot be told
     */
    public Plan plan() {
        SavedRun saved = SavedRun.read(run);
        RunLog log = RunLog.read(run);
        TrainingConfig config = saved.config();
        Dataset data = saved.data(dataDirectory);
        Job.Reached reached = Targets.of(log, config, target);
        int threads = saved.startEngine().setup().threads();
        Noise scale = noise(saved, log, data);
        Calibration costs = costs(config, data);
        long parameters = config.model().plan(data.shape()).parameters();
        int examples = data.train().count();
        Job job = new Job(
                costs.cost(),
                (double) parameters * network.bytesPerNumber(),
                examples,
                reached,
                new Tradeoff(scale.examples()));
        Link link = new Link(network.latency(), network.bytesPerSecond(), costs.addSecondsPerByte());
        Cluster cluster =
                new Cluster(link, network.allReduce(), network.bucketBytes(parameters), network.cores(), threads);
        return new Plan(
                job,
                cluster,
                workers,
                batches.isEmpty() ? Plan.doublings(config.batch(), examples) : batches,
                new Assumptions(
                                job,
                                cluster,
                                parameters,
                                network.bytesPerNumber(),
                                costs,
                                stepTimes.isEmpty(),
                                medianSeconds(log),
                                scale.words())
                        .sentences());
    }

    private Calibration costs(TrainingConfig config, Dataset data) {
        if (!stepTimes.isEmpty()) {
            return new Calibration(StepCost.fitted(stepTimes, USUAL_BACKWARD, 0), stepTimes, 0);
        }
        List<Integer> sizes = Stream.of(config.batch() / 16, config.batch() / 4, config.batch(), 2 * config.batch())
                .map(size -> Math.clamp(size, 1, data.train().count()))
                .distinct()
                .toList();
        return Calibration.measure(config, data, sizes);
    }

    /** What was asked for, what the run measured, or what its trained weights say now. */
    private Noise noise(SavedRun saved, RunLog log, Dataset data) {
        if (noise.isPresent()) {
            return new Noise(noise.get(), "%,.0f examples, as given".formatted(noise.get()));
        }
        double[] recorded = log.noise().stream()
                .mapToDouble(at -> at.scale().examples())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (recorded.length > 0) {
            double median = Math.max(1, recorded[recorded.length / 2]);
            return new Noise(
                    median,
                    "%,.0f examples, the median of %,d measurements during the run".formatted(median, recorded.length));
        }
        int batch = Math.min(NOISE_BATCH, data.train().count());
        try (Network trained = saved.network(run, data.shape())) {
            NoiseScale scale = new NoiseMeasurement(batch, Math.min(NOISE_PIECES, batch), NOISE_MEASUREMENTS)
                    .of(trained, saved.config().loss(), data, saved.config().seed());
            if (!scale.known()) {
                throw new IllegalArgumentException(
                        ("the gradient noise scale of %s cannot be told at its trained weights: train with --noise-scale,"
                                        + " or give --noise-scale N")
                                .formatted(run));
            }
            return new Noise(
                    Math.max(1, scale.examples()),
                    ("%,.0f ± %,.0f examples, measured at the trained weights, where it is usually largest: train with --noise-scale"
                                    + " for the whole way")
                            .formatted(scale.examples(), scale.standardError()));
        }
    }

    private static double medianSeconds(RunLog log) {
        double[] millis =
                log.steps().stream().mapToDouble(StepMetrics::millis).sorted().toArray();
        return millis[millis.length / 2] / 1e3;
    }
}
