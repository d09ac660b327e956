package org.thalweg.train.metrics;

import java.util.stream.IntStream;

/**
 * The share of the targets' variance that the answers explain: for each output one minus the sum of squared errors over the
 * sum of squared distances from the mean, then the mean over outputs. 1 is perfect, 0 as good as always telling the mean, and
 * below that worse. NaN where a target never varies.
 */
public final class RSquared implements Metric {
    private final double[] mean;
    private final double[] spread;
    private final double[] error;
    private long rows;

    /** @param outputs numbers that are told for each example, at least 1 */
    public RSquared(int outputs) {
        mean = new double[outputs];
        spread = new double[outputs];
        error = new double[outputs];
    }

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public void add(Answers answers) {
        for (int row = 0; row < answers.rows(); row++) {
            rows++;
            for (int i = 0; i < mean.length; i++) {
                add(i, answers.target(row, i), answers.output(row, i));
            }
        }
    }

    /** Welford's update: the spread is not the small difference of two large sums. */
    private void add(int i, double target, double answer) {
        double distance = target - mean[i];
        mean[i] += distance / rows;
        spread[i] += distance * (target - mean[i]);
        error[i] += (target - answer) * (target - answer);
    }

    @Override
    public double value() {
        return IntStream.range(0, mean.length)
                .mapToDouble(i -> spread[i] == 0 ? Double.NaN : 1 - error[i] / spread[i])
                .average()
                .orElse(Double.NaN);
    }
}
