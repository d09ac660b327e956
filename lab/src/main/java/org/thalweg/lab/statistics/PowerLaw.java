package org.thalweg.lab.statistics;

import java.util.Arrays;

/**
 * {@code y = factor * x^exponent}.
 *
 * @param exponent the slope on logarithmic axes
 */
public record PowerLaw(double factor, double exponent) {
    /**
     * The one with the least squared differences between logarithms.
     *
     * @param x at least two different ones, each above 0
     * @param y one for each, each above 0
     * @throws IllegalArgumentException if there is no such law
     */
    public static PowerLaw fitted(double[] x, double[] y) {
        double[] logX = Arrays.stream(x).map(Math::log).toArray();
        double[] logY = Arrays.stream(y).map(Math::log).toArray();
        double meanX = Arrays.stream(logX).average().orElse(Double.NaN);
        double meanY = Arrays.stream(logY).average().orElse(Double.NaN);
        double spread = 0;
        double common = 0;
        for (int i = 0; i < x.length; i++) {
            spread += (logX[i] - meanX) * (logX[i] - meanX);
            common += (logX[i] - meanX) * (logY[i] - meanY);
        }
        if (x.length != y.length || !(spread > 0) || !Double.isFinite(common)) {
            throw new IllegalArgumentException("a power law is fitted to two or more different numbers above 0");
        }
        double exponent = common / spread;
        return new PowerLaw(Math.exp(meanY - exponent * meanX), exponent);
    }

    /** The value at {@code x}. */
    public double at(double x) {
        return factor * Math.pow(x, exponent);
    }
}
