package org.thalweg.train.noise;

import java.util.Map;
import java.util.Optional;
import org.thalweg.train.run.Document;

/**
 * Makes one noise scale of many measurements: {@code tr(Sigma)} and {@code |G|^2} are averaged each by itself, and divided at the
 * end, for the mean of ratios would be biased (McCandlish, Kaplan and Amodei, arXiv:1812.06162, appendix A.1).
 */
public final class NoiseMeter {
    /** Half of what the average remembers is about 14 measurements old or less. */
    public static final double WHILE_TRAINING = 0.95;

    private final double keep;
    private long measurements;
    private long batch;
    private double weight;
    private double weightSquares;
    private double traces;
    private double signals;
    private double traceSquares;
    private double signalSquares;
    private double products;

    /**
     * No measurements yet.
     *
     * @param keep what an older measurement's weight is multiplied by with each new one, above 0; 1 forgets nothing
     */
    public NoiseMeter(double keep) {
        if (!(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException("measurements are kept with a weight above 0, at most 1, not " + keep);
        }
        this.keep = keep;
    }

    /** Takes a measurement into account; one that is not finite is left out. */
    public void add(GradientNorms norms) {
        double trace = norms.trace();
        double signal = norms.signal();
        if (!Double.isFinite(trace) || !Double.isFinite(signal)) {
            return;
        }
        measurements++;
        batch = norms.examples();
        weight = 1 + keep * weight;
        weightSquares = 1 + keep * keep * weightSquares;
        traces = trace + keep * traces;
        signals = signal + keep * signals;
        traceSquares = trace * trace + keep * traceSquares;
        signalSquares = signal * signal + keep * signalSquares;
        products = trace * signal + keep * products;
    }

    /** What all measurements so far come to; none if there are none. */
    public Optional<NoiseScale> scale() {
        return measurements == 0
                ? Optional.empty()
                : Optional.of(NoiseScale.of(traces / weight, signals / weight, standardError(), measurements, batch));
    }

    /** That of a ratio of two means, by the delta method. */
    private double standardError() {
        double trace = traces / weight;
        double signal = signals / weight;
        double ratio = trace / signal;
        double variance = covariance(traceSquares, trace, trace)
                - 2 * ratio * covariance(products, trace, signal)
                + ratio * ratio * covariance(signalSquares, signal, signal);
        double ofTheMean = Math.max(0, variance) * weightSquares / (weight * weight);
        return measurements < 2 ? Double.NaN : Math.sqrt(ofTheMean) / Math.abs(signal);
    }

    /** Of single measurements, unbiased for their weights. */
    private double covariance(double sum, double mean, double otherMean) {
        return (sum / weight - mean * otherMean) / (1 - weightSquares / (weight * weight));
    }

    /** For a checkpoint. */
    public Map<String, Object> json() {
        return Document.fields(
                "measurements",
                measurements,
                "batch",
                batch,
                "weight",
                weight,
                "weightSquares",
                weightSquares,
                "traces",
                traces,
                "signals",
                signals,
                "traceSquares",
                traceSquares,
                "signalSquares",
                signalSquares,
                "products",
                products);
    }

    /** Takes over what a checkpoint says. */
    public void restore(Document json) {
        measurements = json.count("measurements");
        batch = json.count("batch");
        weight = json.number("weight");
        weightSquares = json.number("weightSquares");
        traces = json.number("traces");
        signals = json.number("signals");
        traceSquares = json.number("traceSquares");
        signalSquares = json.number("signalSquares");
        products = json.number("products");
    }
}
