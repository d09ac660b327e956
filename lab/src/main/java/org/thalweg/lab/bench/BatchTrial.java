package org.thalweg.lab.bench;

import java.util.Locale;
import java.util.SequencedMap;
import org.thalweg.train.run.Document;

/**
 * One training of the table.
 *
 * @param recipe how
 * @param batch examples in a step
 * @param rate the rate at the batch size that recipes are tuned for
 * @param seed of weights and order
 */
record BatchTrial(BatchRecipe recipe, int batch, double rate, long seed) {
    /** As a file's name. */
    String name() {
        return "%s-batch%d-rate%s-seed%d".formatted(recipe.name().toLowerCase(Locale.ROOT), batch, rate, seed);
    }

    /**
     * What came of it.
     *
     * @param steps made
     * @param validation accuracy on examples set aside from the training part, 0 to 1; 0 of a run that diverged
     * @param test accuracy on the test part; 0 as well
     * @param seconds it took
     */
    record Outcome(long steps, double validation, double test, double seconds) {
        static Outcome read(Document json) {
            return new Outcome(
                    json.count("steps"), json.number("validation"), json.number("test"), json.number("seconds"));
        }

        SequencedMap<String, Object> json() {
            return Document.fields("steps", steps, "validation", validation, "test", test, "seconds", seconds);
        }
    }
}
