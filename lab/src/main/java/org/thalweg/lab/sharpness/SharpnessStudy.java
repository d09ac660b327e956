package org.thalweg.lab.sharpness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thalweg.lab.landscape.Directions;
import org.thalweg.lab.landscape.Place;
import org.thalweg.train.curvature.MeanLoss;

/**
 * What is to be found out about how sharp a minimum is.
 *
 * @param epsilons of Keskar's box, each above 0
 * @param rhos radii of SAM's ball, each above 0
 * @param iterations of the climb to the highest loss in each
 * @param cutoff up to which loss the basin reaches
 * @param directions along which its radius is measured; 0 for no volume
 * @param filterNormalised whether lengths are in units of each filter's own, without biases and normalisation
 * @param seed of all that is random
 */
public record SharpnessStudy(
        List<Double> epsilons,
        List<Double> rhos,
        int iterations,
        double cutoff,
        int directions,
        boolean filterNormalised,
        long seed) {
    public SharpnessStudy {
        epsilons = List.copyOf(epsilons);
        rhos = List.copyOf(rhos);
    }

    /** The papers' epsilons and rho, their 10 iterations, their cutoff, and 50 directions. */
    public SharpnessStudy() {
        this(List.of(1e-3, 5e-4), List.of(0.05), 10, 0.1, 50, false, 1);
    }

    /** A measure with the size that it was taken at. */
    public record Sized(double size, Sharpness sharpness) {}

    /**
     * What was found.
     *
     * @param weights how many
     * @param loss at the minimum
     * @param keskar for each epsilon
     * @param sam for each rho, at the one place that training with SAM looks at
     * @param ball for each rho, the highest in the ball
     * @param basin its volume; none where it was not asked for, or the loss is above the cutoff
     */
    public record Found(
            int weights,
            int examples,
            double loss,
            List<Sized> keskar,
            List<Sized> sam,
            List<Sized> ball,
            Optional<Basin> basin) {}

    /** Measures the loss where its network's weights are, which it leaves there. */
    public Found of(MeanLoss loss, Consumer<String> progress) {
        double[] weights = loss.weights();
        Climb climb = new Climb(iterations, seed);
        try {
            progress.accept("Keskar's sharpness");
            List<Sized> keskar = epsilons.stream()
                    .map(size -> new Sized(size, Sharpness.keskar(loss, weights, size, climb)))
                    .toList();
            progress.accept("SAM's sharpness");
            List<Sized> sam = rhos.stream()
                    .map(size -> new Sized(size, Sharpness.sam(loss, weights, size)))
                    .toList();
            List<Sized> ball = rhos.stream()
                    .map(size -> new Sized(size, Sharpness.ball(loss, weights, size, climb)))
                    .toList();
            double here = loss.loss(weights);
            Optional<Basin> basin = Optional.empty();
            if (directions > 0 && here < cutoff) {
                progress.accept("the basin along %d directions".formatted(directions));
                basin = Optional.of(Basin.of(loss, weights, scales(loss), cutoff, directions, seed));
            }
            return new Found(loss.size(), loss.examples(), here, keskar, sam, ball, basin);
        } finally {
            loss.moveTo(weights);
        }
    }

    private double[] scales(MeanLoss loss) {
        if (filterNormalised) {
            Place place = new Place(loss.network());
            return Directions.filterScales(place, place.read());
        }
        double[] ones = new double[loss.size()];
        Arrays.fill(ones, 1);
        return ones;
    }
}
