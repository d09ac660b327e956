package org.thalweg.lab.figure;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/**
 * A function's values on a grid; they need not be finite everywhere.
 *
 * @param x of the columns, ascending; at least 2
 * @param y of the rows, ascending; at least 2
 * @param z a row for each y, with a value for each x
 */
@SuppressWarnings("ArrayRecordComponent") // Made here and read by figures only.
public record Field(double[] x, double[] y, double[][] z) {
    /** @throws IllegalArgumentException if the numbers do not make a grid */
    public Field {
        int columns = x.length;
        if (columns < 2
                || y.length < 2
                || z.length != y.length
                || Arrays.stream(z).anyMatch(r -> r.length != columns)) {
            throw new IllegalArgumentException("a field needs at least 2 rows and 2 columns, and a value for each");
        }
    }

    /** A function on a grid that fills a window. */
    public static Field of(Window window, int columns, int rows, DoubleBinaryOperator function) {
        double[] x = window.columns(columns);
        double[] y = window.rows(rows);
        double[][] z = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                z[row][column] = function.applyAsDouble(x[column], y[row]);
            }
        }
        return new Field(x, y, z);
    }

    /** What it covers. */
    public Window window() {
        return new Window(x[0], x[x.length - 1], y[0], y[y.length - 1]);
    }

    /** The finite values, ascending. */
    double[] sorted() {
        return Arrays.stream(z)
                .flatMapToDouble(DoubleStream::of)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    /**
     * The value between the grid's points, bilinear; NaN where a neighbour is not finite.
     *
     * @param across from 0 at the first column to 1 at the last
     * @param up from 0 at the first row to 1 at the last
     */
    public double between(double across, double up) {
        double column = across * (x.length - 1);
        double row = up * (y.length - 1);
        int left = Math.min((int) column, x.length - 2);
        int below = Math.min((int) row, y.length - 2);
        double right = column - left;
        double above = row - below;
        double value = (1 - above) * ((1 - right) * z[below][left] + right * z[below][left + 1])
                + above * ((1 - right) * z[below + 1][left] + right * z[below + 1][left + 1]);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** The same on a grid of no more columns and rows than so many, at least 2. */
    public Field coarser(int most) {
        Window window = window();
        double width = window.right() - window.left();
        double height = window.top() - window.bottom();
        return of(
                window,
                Math.min(most, x.length),
                Math.min(most, y.length),
                (across, up) -> between((across - window.left()) / width, (up - window.bottom()) / height));
    }
}
