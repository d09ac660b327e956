package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Takes each channel to mean 0 and standard deviation 1, as fitted on a training set.
 *
 * @param means one for each channel of an image, or each feature of a vector
 * @param deviations as many, each above 0; a channel that never varies has 1
 */
public record Standardisation(List<Double> means, List<Double> deviations) {
    public Standardisation {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.size() != deviations.size() || deviations.stream().anyMatch(deviation -> !(deviation > 0))) {
            throw new IllegalArgumentException("means and deviations must pair up, and deviations be above 0");
        }
    }

    /** Fits on the given examples, in double precision, in two passes. */
    public static Standardisation fit(Examples examples) {
        double[] means = averages(examples, new double[examples.shape().channels()], 1);
        double[] deviations = DoubleStream.of(averages(examples, means, 2))
                .map(variance -> variance > 0 ? Math.sqrt(variance) : 1)
                .toArray();
        return new Standardisation(boxed(means), boxed(deviations));
    }

    /** The identity on so many channels. */
    public static Standardisation none(int channels) {
        return new Standardisation(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    /** A standardised copy. */
    public Examples apply(Examples examples) {
        if (examples.shape().channels() != means.size()) {
            throw new IllegalArgumentException("a standardisation of %d channels does not fit examples of shape %s"
                    .formatted(means.size(), examples.shape()));
        }
        MemorySegment from = examples.features();
        MemorySegment to =
                Examples.allocate((long) examples.count() * examples.shape().size());
        int area = examples.shape().area();
        long blocks = (long) examples.count() * means.size();
        for (long block = 0; block < blocks; block++) {
            int channel = (int) (block % means.size());
            float mean = means.get(channel).floatValue();
            float scale = (float) (1 / deviations.get(channel));
            for (long i = block * area; i < (block + 1) * area; i++) {
                float value = from.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (value - mean) * scale);
            }
        }
        return new Examples(examples.shape(), examples.classes(), to, examples.labels());
    }

    /** The mean of a power of each channel's distance from a centre. */
    private static double[] averages(Examples examples, double[] centres, int power) {
        int channels = examples.shape().channels();
        int area = examples.shape().area();
        double[] sums = new double[channels];
        long blocks = (long) examples.count() * channels;
        for (long block = 0; block < blocks; block++) {
            int channel = (int) (block % channels);
            double sum = 0;
            for (long i = block * area; i < (block + 1) * area; i++) {
                double distance = examples.features().getAtIndex(ValueLayout.JAVA_FLOAT, i) - centres[channel];
                sum += power == 1 ? distance : distance * distance;
            }
            sums[channel] += sum;
        }
        return DoubleStream.of(sums)
                .map(sum -> sum / ((double) examples.count() * area))
                .toArray();
    }

    private static List<Double> boxed(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }
}
