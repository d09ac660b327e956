package org.thalweg.lab.sharpness;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thalweg.train.curvature.LossSurface;
import org.thalweg.train.data.SplitMix64;

/**
 * The basin around a minimum, as far as the loss stays below a cutoff on the way from it, and its volume, as logarithms: in many
 * dimensions volumes differ by thousands of orders of magnitude.
 *
 * <p>The volume is that of the unit ball times the mean of {@code r^n} over random directions, r how far the basin reaches. Of so
 * few directions as can be tried the longest ones make the mean; {@link #log10Typical} is the same of the mean of {@code log r},
 * which is a bound from below and varies less.
 *
 * <p>Source: Huang, Emam, Goldblum, Fowl, Terry, Huang and Goldstein, Understanding Generalization through Visualizations, 2020,
 * section 5, with a cutoff of 0.1.
 *
 * @param cutoff up to which loss it reaches
 * @param loss at the minimum
 * @param dimensions n, of the directions
 * @param radii how far it reaches along each direction, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
public record Basin(double cutoff, double loss, int dimensions, double[] radii) {
    private static final double GROWTH = 1.25;
    private static final double PRECISION = 1e-4;
    private static final double FAR = 1e6;

    /**
     * Measures how far it reaches.
     *
     * @param middle the minimum
     * @param scales a unit of length in each dimension; where it is 0, directions do not lead there, and the dimension does not
     *     count; all 1 for Euclidean volume
     * @param directions how many, at least 1
     * @throws IllegalArgumentException if the loss is not below the cutoff, or stays below it however far one goes
     */
    public static Basin of(
            LossSurface surface, double[] middle, double[] scales, double cutoff, int directions, long seed) {
        if (directions < 1) {
            throw new IllegalArgumentException("a volume takes at least 1 direction, not " + directions);
        }
        double loss = surface.loss(middle);
        if (!(loss < cutoff)) {
            throw new IllegalArgumentException(
                    "the loss is %.4g: a basin has a cutoff above that, but this is %.4g".formatted(loss, cutoff));
        }
        double[] radii = new double[directions];
        double guess = 1;
        for (int i = 0; i < directions; i++) {
            double[] direction = direction(scales, SplitMix64.stream(seed, i));
            guess = radius(surface, middle, direction, cutoff, guess);
            radii[i] = guess;
        }
        Arrays.sort(radii);
        int dimensions = (int) Arrays.stream(scales).filter(scale -> scale != 0).count();
        return new Basin(cutoff, loss, dimensions, radii);
    }

    /** Uniform on the unit sphere of the scaled dimensions. */
    private static double[] direction(double[] scales, SplitMix64 random) {
        double[] direction = new double[scales.length];
        double squares = 0;
        for (int i = 0; i < direction.length; i++) {
            double drawn = scales[i] == 0 ? 0 : random.gaussian();
            squares += drawn * drawn;
            direction[i] = scales[i] * drawn;
        }
        double norm = Math.sqrt(squares);
        return Arrays.stream(direction).map(x -> x / norm).toArray();
    }

    private static double radius(
            LossSurface surface, double[] middle, double[] direction, double cutoff, double guess) {
        double inside = guess / 2;
        while (!isInside(surface, middle, direction, cutoff, inside)) {
            inside /= 2;
        }
        double outside = inside * GROWTH;
        while (isInside(surface, middle, direction, cutoff, outside)) {
            inside = outside;
            outside *= GROWTH;
            if (outside > FAR) {
                throw new IllegalArgumentException(
                        "the loss stays below %s however far one goes: take a lower cutoff".formatted(cutoff));
            }
        }
        while (outside - inside > PRECISION * inside) {
            double between = (inside + outside) / 2;
            if (isInside(surface, middle, direction, cutoff, between)) {
                inside = between;
            } else {
                outside = between;
            }
        }
        return (inside + outside) / 2;
    }

    private static boolean isInside(
            LossSurface surface, double[] middle, double[] direction, double cutoff, double distance) {
        return surface.loss(Climb.plus(middle, distance, direction)) < cutoff;
    }

    /** The decimal logarithm of the volume. */
    public double log10Volume() {
        double longest = radii[radii.length - 1];
        double mean = Arrays.stream(radii)
                .map(radius -> Math.pow(radius / longest, dimensions))
                .average()
                .orElseThrow();
        return log10UnitBall(dimensions) + dimensions * Math.log10(longest) + Math.log10(mean);
    }

    /** The decimal logarithm of the volume of a ball as wide as the basin in the geometric mean. */
    public double log10Typical() {
        return log10UnitBall(dimensions) + dimensions * meanLog10Radius();
    }

    /** How exactly {@link #log10Typical} is known; NaN from a single direction. */
    public double standardError() {
        double mean = meanLog10Radius();
        double squares = Arrays.stream(radii)
                .map(radius -> Math.pow(Math.log10(radius) - mean, 2))
                .sum();
        int count = radii.length;
        return count == 1 ? Double.NaN : dimensions * Math.sqrt(squares / (count - 1) / count);
    }

    private double meanLog10Radius() {
        return Arrays.stream(radii).map(Math::log10).average().orElseThrow();
    }

    /** {@code log10(pi^(n/2) / Gamma(n/2 + 1))}, by the recurrence of two dimensions, and for many by Stirling's series. */
    static double log10UnitBall(int dimensions) {
        double half = dimensions / 2.0;
        return half * Math.log10(Math.PI) - logGamma(half + 1) / Math.log(10);
    }

    /** Of 1 and more. */
    private static double logGamma(double x) {
        int steps = (int) Math.max(0, 16 - Math.floor(x));
        double lifted = x + steps;
        double product = IntStream.range(0, steps).mapToDouble(i -> x + i).reduce(1, (a, b) -> a * b);
        double inverse = 1 / lifted;
        double series = inverse * (1.0 / 12 - inverse * inverse * (1.0 / 360 - inverse * inverse / 1260));
        return (lifted - 0.5) * Math.log(lifted) - lifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
    }
}
