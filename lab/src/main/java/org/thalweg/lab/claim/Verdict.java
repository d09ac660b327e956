package org.thalweg.lab.claim;

/**
 * What the criterion says of the measurements.
 *
 * @param outcome in general
 * @param reason a sentence with the numbers that decided; where it holds within limits, within which
 */
public record Verdict(Outcome outcome, String reason) {
    /** Whether a claim is seen to hold. */
    public enum Outcome {
        HOLDS("holds"),
        WITHIN_LIMITS("holds within limits"),
        NOT_HERE("does not hold here");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** As people read it. */
        public String words() {
            return words;
        }
    }

    /** Everything that the criterion asks for was seen. */
    public static Verdict holds(String reason, Object... values) {
        return new Verdict(Outcome.HOLDS, reason.formatted(values));
    }

    /** A part of it was seen; the reason says which, and where it ends. */
    public static Verdict withinLimits(String reason, Object... values) {
        return new Verdict(Outcome.WITHIN_LIMITS, reason.formatted(values));
    }

    /** Something else was seen; the reason says what. */
    public static Verdict notHere(String reason, Object... values) {
        return new Verdict(Outcome.NOT_HERE, reason.formatted(values));
    }
}
