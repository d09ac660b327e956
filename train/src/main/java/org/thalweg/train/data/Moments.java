package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Mean and variance of each channel over examples, one after the other (Chan, Golub and LeVeque, 1979): the spread of each
 * example around its own mean, and of the means, are added, so that nothing is lost where means are large.
 */
final class Moments {
    private final Shape shape;
    private final Channels channels;
    private final double[] means;
    private final double[] squares;
    private long examples;

    Moments(Shape shape) {
        this.shape = shape;
        channels = Channels.of(shape);
        means = new double[channels.count()];
        squares = new double[channels.count()];
    }

    /** Of all the given examples. */
    static Moments of(Examples examples) {
        Moments moments = new Moments(examples.shape());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(examples.inputLayout().bytes());
            for (int row = 0; row < examples.count(); row++) {
                examples.input(row, slot);
                moments.add(slot);
            }
        }
        return moments;
    }

    /** Of these examples and those of the peers, the same bits on each: the spread around the mean of all. */
    Moments with(Peers peers) {
        double[] sums = new double[means.length + 1];
        sums[means.length] = examples;
        for (int channel = 0; channel < means.length; channel++) {
            sums[channel] = means[channel] * examples;
        }
        double[] summed = peers.sum(sums);
        Moments all = new Moments(shape);
        all.examples = (long) summed[means.length];
        double[] spread = squares.clone();
        for (int channel = 0; channel < means.length; channel++) {
            all.means[channel] = summed[channel] / all.examples;
            double distance = means[channel] - all.means[channel];
            spread[channel] += distance * distance * channels.area() * examples;
        }
        System.arraycopy(peers.sum(spread), 0, all.squares, 0, spread.length);
        return all;
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
