package org.thalweg.train.predict;

/**
 * How a text goes on.
 *
 * @param length characters to add, from 1 to 1,000,000
 * @param temperature how daring the choice of each is: at 1 as likely as the model says, below 1 rather the likeliest, at 0 always
 *     the likeliest, above 1 rather any
 * @param seed the same seed gives the same text
 */
public record Sampling(int length, double temperature, long seed) {
    private static final int LONGEST = 1_000_000;

    public Sampling {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException(
                    "a text goes on by 1 to %,d characters, not %,d".formatted(LONGEST, length));
        }
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("a temperature is 0 or above, not " + temperature);
        }
    }

    /** The place of the next token among as many scores, by a number drawn evenly from [0, 1). */
    int choose(float[] scores, double drawn) {
        int best = best(scores);
        if (temperature == 0) {
            return best;
        }
        double sum = 0;
        for (float score : scores) {
            sum += weight(score, scores[best]);
        }
        double left = drawn * sum;
        for (int i = 0; i < scores.length; i++) {
            left -= weight(scores[i], scores[best]);
            if (left < 0) {
                return i;
            }
        }
        return best; // what rounding left over
    }

    private double weight(float score, float highest) {
        return Math.exp((score - highest) / temperature);
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
