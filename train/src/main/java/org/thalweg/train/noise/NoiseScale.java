package org.thalweg.train.noise;

import java.util.Map;
import org.thalweg.train.run.Document;

/**
 * The simple gradient noise scale {@code tr(Sigma) / |G|^2}, in examples: about the batch size at which noise and gradient are
 * even (McCandlish, Kaplan and Amodei, arXiv:1812.06162, eq. 2.9).
 *
 * @param examples the scale itself; infinite where the gradient cannot be told from noise
 * @param standardError of it, to first order, as if measurements did not depend on one another; NaN of a single one
 * @param measurements that it rests on
 * @param batch size in use, which {@link #advice} is about
 * @param trace the mean of their {@code tr(Sigma)}
 * @param signal the mean of their {@code |G|^2}
 */
public record NoiseScale(
        double examples, double standardError, long measurements, long batch, double trace, double signal) {
    /** The ratio of two means. */
    static NoiseScale of(double trace, double signal, double standardError, long measurements, long batch) {
        double examples = signal > 0 ? Math.max(0, trace) / signal : Double.POSITIVE_INFINITY;
        return new NoiseScale(examples, standardError, measurements, batch, trace, signal);
    }

    /** Whether it is worth a decision: it is finite, and its standard error at most half of it. */
    public boolean known() {
        return Double.isFinite(examples) && standardError <= examples / 2;
    }

    /** The same, for what it says about batches of another size. */
    public NoiseScale forBatch(long other) {
        return new NoiseScale(examples, standardError, measurements, other, trace, signal);
    }

    /** What it says about the batch size in use, in a sentence. */
    public String advice() {
        if (!known()) {
            return "the gradient noise scale cannot be told yet (%s): measure it more often, or with larger batches"
                    .formatted(Double.isFinite(examples) ? words() : "the gradient hides behind its noise");
        }
        Tradeoff tradeoff = new Tradeoff(Math.max(1, examples));
        return ("the gradient noise scale is %s: with tuned rates, batches of %,d take %.3g times the fewest steps possible and"
                        + " %.3g times the fewest examples, and batches of %,.0f twice both (the critical batch size)")
                .formatted(words(), batch, tradeoff.steps(batch), tradeoff.examples(batch), tradeoff.critical());
    }

    private String words() {
        return "%,.0f ± %,.0f examples".formatted(examples, standardError);
    }

    /** For {@code metrics.jsonl} and {@code result.json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = Document.fields("examples", examples, "standardError", standardError);
        json.putAll(Document.fields("measurements", measurements, "batch", batch, "trace", trace, "signal", signal));
        return json;
    }

    /** What {@link #json} wrote. */
    public static NoiseScale read(Document json) {
        return new NoiseScale(
                json.number("examples"),
                json.number("standardError"),
                json.count("measurements"),
                json.count("batch"),
                json.number("trace"),
                json.number("signal"));
    }
}
