package org.thalweg.dashboard.watch;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * At which epoch, and how many seconds after its start, a run took a step: on straight lines between the ends of epochs, which
 * are known, and beyond the last of them at the pace since.
 */
final class Clock {
    /** Ends of epochs that are kept at most; of more, every second one is. */
    private static final int MOST = 4096;

    private static final double MILLIS = 1e-3;

    private final DoubleSupplier stepsPerEpoch;
    private double[] steps = new double[16];
    private double[] epochs = new double[16];
    private double[] seconds = new double[16];
    private int size = 1; // The start: step 0, epoch 0, second 0.
    private double timed;
    private long timings;

    /** @param stepsPerEpoch what is expected before the first epoch has ended; NaN if nothing is */
    Clock(DoubleSupplier stepsPerEpoch) {
        this.stepsPerEpoch = stepsPerEpoch;
    }

    /** Takes the time that one step took; what is no number is no timing. */
    void timed(double millis) {
        if (millis > 0 && Double.isFinite(millis)) {
            timed += millis * MILLIS;
            timings++;
        }
    }

    /** Takes the end of an epoch, if it is after the ones before. */
    void epochEnded(double step, double epoch, double second) {
        int last = size - 1;
        if (!(step > steps[last] && epoch > epochs[last] && second >= seconds[last]) || Double.isInfinite(second)) {
            return;
        }
        if (size == MOST) {
            thin();
        } else if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            epochs = Arrays.copyOf(epochs, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
        }
        steps[size] = step;
        epochs[size] = epoch;
        seconds[size] = second;
        size++;
    }

    private void thin() {
        size = MOST / 2;
        for (int i = 0; i < size; i++) {
            steps[i] = steps[2 * i];
            epochs[i] = epochs[2 * i];
            seconds[i] = seconds[2 * i];
        }
    }

    /** Epochs that had passed at a step, with the share of the one under way; NaN if that is not known. */
    double epoch(double step) {
        return at(step, epochs, 1 / stepsPerEpoch.getAsDouble());
    }

    /** Seconds since the run's start at a step; NaN if that is not known. */
    double second(double step) {
        return at(step, seconds, timings == 0 ? Double.NaN : timed / timings);
    }

    private double at(double step, double[] values, double firstPace) {
        int place = Arrays.binarySearch(steps, 0, size, step);
        if (place >= 0) {
            return values[place];
        }
        int next = -place - 1;
        if (next == 0) {
            return values[0];
        }
        int before = next - 1;
        if (next < size) {
            return values[before] + (step - steps[before]) * pace(values, next);
        }
        return values[before] + (step - steps[before]) * (before == 0 ? firstPace : pace(values, before));
    }

    private double pace(double[] values, int end) {
        return (values[end] - values[end - 1]) / (steps[end] - steps[end - 1]);
    }
}
