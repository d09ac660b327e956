package org.thalweg.lab.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * From values to places on an axis.
 *
 * @param from the value at the start
 * @param to the value at the end, above it
 * @param logarithmic whether equal factors are equally far apart; then both are above 0
 * @param start where the axis begins
 * @param end where it ends
 */
public record Scale(double from, double to, boolean logarithmic, double start, double end) {
    private static final double[] STEPS = {1, 2, 5, 10};

    /** @throws IllegalArgumentException if the ends cannot be those of such an axis */
    public Scale {
        if (!(from < to) || (logarithmic && from <= 0)) {
            throw new IllegalArgumentException("an axis from %s to %s".formatted(from, to));
        }
    }

    /** Around some finite values, with a little room; a single value stands in the middle. */
    public static Scale around(double least, double most, boolean logarithmic, double start, double end) {
        if (logarithmic) {
            double room = Math.max(Math.pow(most / least, 0.04), 1.05);
            return new Scale(least / room, most * room, true, start, end);
        }
        double room = most > least ? 0.04 * (most - least) : Math.max(1e-9, Math.abs(most) / 2);
        // Not below 0 where nothing is: a loss of -0.02 would make people wonder.
        double bottom = least >= 0 && least - room < 0 ? 0 : least - room;
        return new Scale(bottom, most + room, false, start, end);
    }

    /** The same with its ends exactly there. */
    public static Scale exactly(double from, double to, double start, double end) {
        return exactly(from, to, false, start, end);
    }

    /** The same, where equal factors may be equally far apart. */
    public static Scale exactly(double from, double to, boolean logarithmic, double start, double end) {
        return new Scale(from, from < to ? to : from + Math.max(1e-9, Math.abs(from)), logarithmic, start, end);
    }

    /** Where a value stands. */
    public double at(double value) {
        return start + (end - start) * (position(value) - position(from)) / (position(to) - position(from));
    }

    /** The value that stands at a place. */
    public double value(double place) {
        double position = position(from) + (position(to) - position(from)) * (place - start) / (end - start);
        return logarithmic ? Math.pow(10, position) : position;
    }

    private double position(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    /** Round values to label, about as many as asked. */
    public List<Double> ticks(int about) {
        if (logarithmic) {
            List<Double> decades = decades(about);
            return decades.size() >= 2 ? decades : linear(about);
        }
        return linear(about);
    }

    private List<Double> linear(int about) {
        double rough = (to - from) / about;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = DoubleStream.of(STEPS)
                .map(factor -> factor * magnitude)
                .filter(candidate -> candidate >= rough)
                .findFirst()
                .orElse(10 * magnitude);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Powers of ten; with twos and fives between them where there are few. */
    private List<Double> decades(int about) {
        int first = (int) Math.floor(Math.log10(from));
        int last = (int) Math.ceil(Math.log10(to));
        int every = Math.max(1, Math.ceilDiv(last - first, about));
        List<Double> ticks = new ArrayList<>();
        for (int decade = first; decade <= last; decade += every) {
            for (double factor : to / from <= 100 ? new double[] {1, 2, 5} : new double[] {1}) {
                double tick = factor * Math.pow(10, decade);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
