package org.thalweg.lab.picture;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Points of a function, from left to right; all are finite.
 *
 * @param x ascending
 * @param y one for each x
 */
@SuppressWarnings("ArrayRecordComponent") // Made here and read by the panels only.
public record Curve(double[] x, double[] y) {
    /** More points than this cannot be told apart in a picture. */
    private static final int MOST_POINTS = 1_000;
    /** A smoothed curve's point is the mean of this share of all points. */
    private static final int SHARE = 20;
    /** From this ratio of the largest to the smallest on, a logarithmic axis shows more. */
    private static final double WIDE = 10;

    /** The points of a list; those that are not finite, as of a loss that overflowed, are left out. */
    public static <T> Curve of(List<T> list, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        List<T> finite = list.stream()
                .filter(item -> Double.isFinite(x.applyAsDouble(item)) && Double.isFinite(y.applyAsDouble(item)))
                .toList();
        return new Curve(
                finite.stream().mapToDouble(x).toArray(),
                finite.stream().mapToDouble(y).toArray());
    }

    /** The points of two lists of equal length, or as far as the shorter one goes; those that are not finite are left out. */
    public static Curve of(List<Double> x, List<Double> y) {
        return of(IntStream.range(0, Math.min(x.size(), y.size())).boxed().toList(), x::get, y::get);
    }

    /** Values over their number, from 0 on. */
    public static Curve of(List<Double> y) {
        return of(IntStream.range(0, y.size()).boxed().toList(), i -> i, y::get);
    }

    /** Whether it has no point. */
    public boolean isEmpty() {
        return x.length == 0;
    }

    /** Each point the mean of those around it: fewer at both ends, so that these are not dragged. */
    public Curve smoothed() {
        int reach = x.length / SHARE / 2;
        double[] means = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int near = Math.min(reach, Math.min(i, y.length - 1 - i));
            means[i] = mean(y, i - near, i + near + 1);
        }
        return new Curve(x, means);
    }

    /** No more points than a picture can show, each the mean of its neighbourhood. */
    public Curve thinned() {
        if (x.length <= MOST_POINTS) {
            return this;
        }
        double[] fewX = new double[MOST_POINTS];
        double[] fewY = new double[MOST_POINTS];
        for (int i = 0; i < MOST_POINTS; i++) {
            int from = (int) ((long) i * x.length / MOST_POINTS);
            int to = (int) ((i + 1L) * x.length / MOST_POINTS);
            fewX[i] = mean(x, from, to);
            fewY[i] = mean(y, from, to);
        }
        return new Curve(fewX, fewY);
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }

    /** Whether a logarithmic axis shows these together better than a linear one: all are positive and far apart. */
    public static boolean spansDecades(List<Curve> curves) {
        double[] values = curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(curve.y()))
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        return least > 0 && most / least >= WIDE;
    }
}
