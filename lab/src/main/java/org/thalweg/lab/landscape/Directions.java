package org.thalweg.lab.landscape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.lab.curvature.Dense;
import org.thalweg.train.data.SplitMix64;

/** Directions that a loss is looked at along: vectors over a {@link Place}. Biases, normalisation and its statistics stay as they are. */
public final class Directions {
    private Directions() {}

    /**
     * A random direction in which each filter has the length of the network's own, so that landscapes of networks whose weights
     * differ in scale can be compared.
     *
     * <p>Source: Li, Xu, Taylor, Studer and Goldstein, Visualizing the Loss Landscape of Neural Nets, NeurIPS 2018, section 4: a
     * filter is what makes one output channel, or one neuron of a linear layer; tensors of one dimension are left out.
     */
    public static float[] filterNormalised(Place place, float[] centre, SplitMix64 random) {
        float[] direction = new float[centre.length];
        for (Place.Part part : place.parts()) {
            if (part.filters()) {
                int length = part.size() / part.rows();
                for (int row = 0; row < part.rows(); row++) {
                    int from = part.from() + row * length;
                    for (int i = from; i < from + length; i++) {
                        direction[i] = (float) random.gaussian();
                    }
                    double factor = norm(centre, from, length) / (norm(direction, from, length) + 1e-10);
                    for (int i = from; i < from + length; i++) {
                        direction[i] = (float) (direction[i] * factor);
                    }
                }
            }
        }
        return direction;
    }

    /**
     * For each of a network's parameters, in order, the root of the mean square of the filter that it belongs to: a unit of length
     * in which rescaling filters changes nothing. 0 for biases and normalisation.
     */
    public static double[] filterScales(Place place, float[] centre) {
        double[] scales = new double[centre.length];
        for (Place.Part part : place.parts()) {
            int length = part.size() / part.rows();
            for (int i = part.from(); part.filters() && i < part.from() + part.size(); i += length) {
                Arrays.fill(scales, i, i + length, norm(centre, i, length) / Math.sqrt(length));
            }
        }
        return place.parameters(scales);
    }

    /**
     * The two directions in which a way spreads most.
     *
     * <p>Source: the same, section 7: principal components of the differences to the last place, biases and normalisation left
     * out.
     *
     * @param first of length 1
     * @param second of length 1, at a right angle to the first
     * @param explained the shares of the way's variance that lie along them
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Principal(float[] first, float[] second, List<Double> explained) {
        public Principal {
            explained = List.copyOf(explained);
        }
    }

    /**
     * The principal directions of a way.
     *
     * @param way places on it, the last of which is the middle of the picture
     * @throws IllegalArgumentException if the places are fewer than 3, or on one line
     */
    public static Principal principal(Place place, List<float[]> way) {
        if (way.size() < 3) {
            throw new IllegalArgumentException(
                    "a plane through a way takes 3 places on it, but there are %d: train with --keep 100, which leaves as many checkpoints"
                            .formatted(way.size()));
        }
        List<float[]> differences = new ArrayList<>();
        float[] mean = new float[place.size()];
        for (float[] at : way.subList(0, way.size() - 1)) {
            float[] difference = filtersOnly(place, at, way.getLast());
            differences.add(difference);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += difference[i] / (way.size() - 1);
            }
        }
        int count = differences.size();
        double[][] products = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = products[j][i] = centred(differences.get(i), differences.get(j), mean);
            }
        }
        Dense.Eigen eigen = Dense.eigen(products);
        double all = Arrays.stream(eigen.values()).sum();
        if (!(eigen.values()[count - 2] > 1e-9 * all)) {
            throw new IllegalArgumentException("the way lies on one line: there is no plane to show it in");
        }
        return new Principal(
                combined(differences, mean, eigen.vectors()[count - 1]),
                combined(differences, mean, eigen.vectors()[count - 2]),
                List.of(eigen.values()[count - 1] / all, eigen.values()[count - 2] / all));
    }

    private static float[] filtersOnly(Place place, float[] from, float[] to) {
        float[] difference = new float[from.length];
        for (Place.Part part : place.parts()) {
            for (int i = part.from(); part.filters() && i < part.from() + part.size(); i++) {
                difference[i] = from[i] - to[i];
            }
        }
        return difference;
    }

    private static double centred(float[] a, float[] b, float[] mean) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - mean[i]) * ((double) b[i] - mean[i]);
        }
        return sum;
    }

    private static float[] combined(List<float[]> vectors, float[] mean, double[] weights) {
        double[] sum = new double[mean.length];
        for (int k = 0; k < weights.length; k++) {
            float[] vector = vectors.get(k);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * ((double) vector[i] - mean[i]);
            }
        }
        double norm = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] unit = new float[sum.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / norm);
        }
        return unit;
    }

    /** How far a place is from another along a direction of length 1. */
    static double along(float[] direction, float[] from, float[] to) {
        double sum = 0;
        for (int i = 0; i < direction.length; i++) {
            sum += direction[i] * ((double) to[i] - from[i]);
        }
        return sum;
    }

    private static double norm(float[] vector, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (double) vector[i] * vector[i];
        }
        return Math.sqrt(sum);
    }
}
