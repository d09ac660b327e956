package org.thalweg.optim.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Malignant or benign, from ten standardised measurements of a tumour: the mean of {@code log(1 + exp(-y w'x))} over 569
 * of them, with a penalty {@code 0.005 |w|^2}. Steps see ten mini-batches in turn; what is left is the whole loss above its
 * minimum, which Newton's method finds.
 */
public final class LogisticRegression implements Problem {
    public static final int BATCHES = 10;
    private static final double PENALTY = 0.01;

    /** By example: standardised measurements and a 1 for the bias, all times the label, -1 or 1. */
    private static final double[][] SIGNED = read();

    private static final int SIZE = SIGNED[0].length;
    private static final double LEAST = loss(minimum());

    @Override
    public float[] start() {
        float[] start = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            start[i] = (float) Math.cos(1 + i);
        }
        return start;
    }

    @Override
    public long[] shape() {
        return new long[] {SIZE};
    }

    @Override
    public void gradient(float[] at, int step, float[] gradient) {
        int batch = step % BATCHES;
        double[] sum = sumOfGradients(doubles(at), batch, BATCHES);
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = (float) (sum[i] / examples()[batch] + PENALTY * at[i]);
        }
    }

    /** How many each mini-batch has. */
    public static long[] examples() {
        long[] examples = new long[BATCHES];
        Arrays.setAll(examples, batch -> (SIGNED.length - batch + BATCHES - 1) / BATCHES);
        return examples;
    }

    @Override
    public double left(float[] at) {
        return (loss(doubles(at)) - LEAST) / (loss(doubles(start())) - LEAST);
    }

    /** The norm of the gradient of the whole loss. */
    public static double gradientNorm(float[] at) {
        return Math.sqrt(Arrays.stream(gradient(doubles(at))).map(x -> x * x).sum());
    }

    private static double[] gradient(double[] w) {
        double[] gradient = sumOfGradients(w, 0, 1);
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = gradient[i] / SIGNED.length + PENALTY * w[i];
        }
        return gradient;
    }

    private static double loss(double[] w) {
        double sum = 0;
        for (double[] x : SIGNED) {
            sum += Math.log1p(Math.exp(-dot(w, x)));
        }
        return sum / SIGNED.length + PENALTY / 2 * dot(w, w);
    }

    /** Over every {@code every}-th example from {@code from} on, without the penalty. */
    private static double[] sumOfGradients(double[] w, int from, int every) {
        double[] sum = new double[w.length];
        for (int n = from; n < SIGNED.length; n += every) {
            double[] x = SIGNED[n];
            double slope = -1 / (1 + Math.exp(dot(w, x)));
            for (int i = 0; i < w.length; i++) {
                sum[i] += slope * x[i];
            }
        }
        return sum;
    }

    private static double[] minimum() {
        double[] w = new double[SIZE];
        for (int iteration = 0; iteration < 20; iteration++) {
            double[] step = solved(hessian(w), gradient(w));
            for (int i = 0; i < SIZE; i++) {
                w[i] -= step[i];
            }
        }
        return w;
    }

    private static double[][] hessian(double[] w) {
        double[][] hessian = new double[SIZE][SIZE];
        for (double[] x : SIGNED) {
            double p = 1 / (1 + Math.exp(dot(w, x)));
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    hessian[i][j] += p * (1 - p) * x[i] * x[j] / SIGNED.length;
                }
            }
        }
        for (int i = 0; i < SIZE; i++) {
            hessian[i][i] += PENALTY;
        }
        return hessian;
    }

    /** Gaussian elimination of a positive definite matrix, which needs no pivots. */
    private static double[] solved(double[][] a, double[] b) {
        for (int k = 0; k < SIZE; k++) {
            for (int i = k + 1; i < SIZE; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < SIZE; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                b[i] -= factor * b[k];
            }
        }
        for (int k = SIZE - 1; k >= 0; k--) {
            for (int j = k + 1; j < SIZE; j++) {
                b[k] -= a[k][j] * b[j];
            }
            b[k] /= a[k][k];
        }
        return b;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static double[][] read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(LogisticRegression.class.getResourceAsStream("breast-cancer.csv.gz"))),
                US_ASCII))) {
            return signed(lines.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From raw measurements, the label last. */
    private static double[][] signed(double[][] rows) {
        int label = rows[0].length - 1;
        for (int i = 0; i < label; i++) {
            int column = i;
            double mean = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            double variance = Arrays.stream(rows)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .average()
                    .orElseThrow();
            for (double[] row : rows) {
                row[i] = (row[i] - mean) / Math.sqrt(variance) * (row[label] == 1 ? 1 : -1);
            }
        }
        for (double[] row : rows) {
            row[label] = row[label] == 1 ? 1 : -1;
        }
        return rows;
    }
}
