package org.thalweg.lab.landscape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.thalweg.lab.trained.Sample;
import org.thalweg.lab.trained.TrainedRun;
import org.thalweg.train.SavedRun;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Precision;
import org.thalweg.train.run.Checkpoint;
import org.thalweg.train.run.Checkpoints;
import org.thalweg.train.run.Document;

/**
 * Looks at the loss around a trained network.
 *
 * @param run whose network it is
 * @param sample the examples that losses are over
 * @param survey takes the points
 */
public record LandscapeStudy(TrainedRun run, Sample sample, Survey survey) {
    /** As many tell a way as well as more, and fit into memory. */
    private static final int MOST_CHECKPOINTS = 60;
    /** How far a plane reaches beyond the way, as a share of the way. */
    private static final double MARGIN = 0.2;

    /**
     * On the line from the weights before the first step to those after the last.
     *
     * @throws IllegalArgumentException if the first weights cannot be rebuilt
     */
    public Profile fromStart(Axis axis) {
        return profile("before training", start(), "after training", end(), axis);
    }

    /**
     * On the line from this network to another run's.
     *
     * @throws IllegalArgumentException if that is another model
     */
    public Profile to(Path other, Axis axis) {
        float[] there;
        try (Network network = SavedRun.read(other).network(other, run.data().shape(), Precision.FLOAT32)) {
            there = place().of(network.weights());
        }
        String name = String.valueOf(other.toAbsolutePath().normalize().getFileName());
        return profile(run.name(), end(), name, there, axis);
    }

    private Profile profile(String fromName, float[] from, String toName, float[] to, Axis axis) {
        Sample held = new Sample(Sample.Part.TEST, sample.count(), sample.seed());
        try (MeanLoss train = run.loss(sample);
                MeanLoss test = run.loss(held)) {
            return new Profile(
                    fromName,
                    toName,
                    Line.between(from, to, axis, train, settings(sample), survey),
                    Line.between(from, to, axis, test, settings(held), survey));
        }
    }

    /** Over two random directions, filter by filter as long as the network's own. */
    public Surroundings random(Axis x, Axis y, long seed) {
        float[] middle = end();
        float[] first = Directions.filterNormalised(place(), middle, SplitMix64.stream(seed, 1));
        float[] second = Directions.filterNormalised(place(), middle, SplitMix64.stream(seed, 2));
        return surroundings("two random directions, filter-normalised", first, second, x, y, Optional.empty());
    }

    /**
     * Over the plane in which the run's way spreads most, with the way.
     *
     * @param points on each axis
     * @throws IllegalArgumentException if too few checkpoints were kept
     */
    public Surroundings way(int points) {
        List<float[]> places = checkpoints();
        Directions.Principal plane = Directions.principal(place(), places);
        float[] middle = places.getLast();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (float[] at : places) {
            x.add(Directions.along(plane.first(), middle, at));
            y.add(Directions.along(plane.second(), middle, at));
        }
        return surroundings(
                "the plane in which the way of training spreads most",
                plane.first(),
                plane.second(),
                around(x, points),
                around(y, points),
                Optional.of(new Surroundings.Way(x, y, plane.explained())));
    }

    private Surroundings surroundings(
            String directions, float[] first, float[] second, Axis x, Axis y, Optional<Surroundings.Way> way) {
        try (MeanLoss loss = run.loss(sample)) {
            Plane plane = Plane.of(end(), first, second, x, y, loss, settings(sample), survey);
            return new Surroundings(directions, plane, way);
        }
    }

    private static Axis around(List<Double> values, int points) {
        DoubleStream.Builder all = DoubleStream.builder();
        values.forEach(all::add);
        double[] sorted = all.build().sorted().toArray();
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        double room = MARGIN * (most - least);
        return new Axis(least - room, most + room, points);
    }

    private static Map<String, Object> settings(Sample over) {
        return Document.fields("part", over.part().toString(), "examples", over.count(), "seed", over.seed());
    }

    private Place place() {
        return new Place(run.network());
    }

    private float[] end() {
        return place().read();
    }

    private float[] start() {
        try (Network network = run.saved().untrained(run.data().shape())) {
            return place().of(network.weights());
        }
    }

    /** The first weights, those of the checkpoints, and the last ones. */
    private List<float[]> checkpoints() {
        List<float[]> places = new ArrayList<>();
        places.add(start());
        Checkpoints saved = new Checkpoints(run.path());
        List<Long> steps = new ArrayList<>(saved.steps());
        Collections.reverse(steps);
        int every = Math.ceilDiv(Math.max(1, steps.size()), MOST_CHECKPOINTS);
        for (int i = 0; i < steps.size(); i += every) {
            Checkpoint checkpoint = saved.load(steps.get(i));
            places.add(place().of(Objects.requireNonNull(checkpoint.tensors().get(Checkpoint.WEIGHTS))));
        }
        places.add(end());
        return places;
    }
}
