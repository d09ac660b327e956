package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Mean and variance of each channel over examples, one after the other (Chan, Golub and LeVeque, 1979): the spread of each
 * example around its own mean, and of the means, are added, so that nothing is lost where means are large.
 */
final class Moments {
    private final Channels channels;
    private final double[] means;
    private final double[] squares;
    private long examples;

    Moments(Shape shape) {
        channels = Channels.of(shape);
        means = new double[channels.count()];
        squares = new double[channels.count()];
    }

    /** Adds an example of float32. */
    void add(MemorySegment example) {
        examples++;
        for (int channel = 0; channel < means.length; channel++) {
            double mean = sum(example, channel, 0, 1) / channels.area();
            double distance = mean - means[channel];
            means[channel] += distance / examples;
            squares[channel] +=
                    sum(example, channel, mean, 2) + distance * distance * channels.area() * (examples - 1) / examples;
        }
    }

    private double sum(MemorySegment example, int channel, double centre, int power) {
        double sum = 0;
        for (int i = channels.first(channel); i < channels.end(channel); i += channels.stride()) {
            double distance = example.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i) - centre;
            sum += power == 1 ? distance : distance * distance;
        }
        return sum;
    }

    double[] means() {
        return means.clone();
    }

    /** Dividing by the number of values. */
    double[] variances() {
        double[] variances = squares.clone();
        for (int channel = 0; channel < variances.length; channel++) {
            variances[channel] /= (double) examples * channels.area();
        }
        return variances;
    }
}
