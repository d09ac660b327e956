package org.thalweg.lab.compare;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each rule may spend on tuning, for each task. The final runs come on top. */
public sealed interface Budget {
    /** Trials are short before they are few: with fewer steps nothing is learned. */
    long LEAST_STEPS = 10;

    /** So many full trials' worth of steps. */
    int trials();

    /** The settings that decide what is tried, as text. */
    String text();

    /**
     * A number of trials of a number of steps.
     *
     * @param trials at least 1
     * @param steps of each, at least {@value #LEAST_STEPS}
     */
    record Steps(int trials, long steps) implements Budget {
        public Steps {
            checkTrials(trials);
            if (steps < LEAST_STEPS) {
                throw new IllegalArgumentException(
                        "a trial has at least %d steps, not %,d".formatted(LEAST_STEPS, steps));
            }
        }

        @Override
        public String text() {
            return "%d trials of %d steps".formatted(trials, steps);
        }
    }

    /**
     * Some time, as steps: how long a step of each rule takes is measured once, before the first trial, and the rule that is slowest says how
     * many steps every rule's trials have. From then on it is steps that count, so that configurations and results do not depend on what
     * else the machine does.
     *
     * @param perRule of each rule, on each task
     * @param trials at least 1
     */
    record Time(Duration perRule, int trials) implements Budget {
        private static final Pattern TEXT =
                Pattern.compile("(?:(\\d{1,4})\\s*h)?\\s*(?:(\\d{1,5})\\s*m(?:in)?)?\\s*(?:(\\d{1,6})\\s*s)?");

        public Time {
            checkTrials(trials);
            if (perRule.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a budget is a second at least");
            }
        }

        /**
         * Reads {@code 90s}, {@code 10m} or {@code 1h30m}.
         *
         * @throws IllegalArgumentException if the text is none of these
         */
        public static Time parse(String text, int trials) {
            Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches() || text.isBlank()) {
                throw new IllegalArgumentException(
                        "a budget is a time such as 90s, 10m or 1h30m, not '%s'".formatted(text));
            }
            long seconds = 3600 * number(parts.group(1)) + 60 * number(parts.group(2)) + number(parts.group(3));
            return new Time(Duration.ofSeconds(seconds), trials);
        }

        private static long number(@org.jspecify.annotations.Nullable String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }

        @Override
        public String text() {
            return "%d trials in %d s".formatted(trials, perRule.toSeconds());
        }

        /**
         * Steps of a trial.
         *
         * @param stepSeconds what the slowest rule takes for one
         * @param scoreSeconds what it takes to be scored at the end
         * @param most that are enough
         * @throws IllegalArgumentException if there is not time for {@value #LEAST_STEPS}
         */
        long steps(String workload, double stepSeconds, double scoreSeconds, long most) {
            double each = perRule.toSeconds() / (double) trials - scoreSeconds;
            long steps = (long) Math.min(most, each / stepSeconds);
            if (steps < LEAST_STEPS) {
                throw new IllegalArgumentException(
                        "%d s are too short for %d trials of %s, where a step takes %.1f ms and a score %.1f s: ask for more time or fewer trials"
                                .formatted(perRule.toSeconds(), trials, workload, 1e3 * stepSeconds, scoreSeconds));
            }
            return steps;
        }
    }

    private static void checkTrials(int trials) {
        if (trials < 1 || trials > 10_000) {
            throw new IllegalArgumentException("a rule has 1 to 10,000 trials, not %,d".formatted(trials));
        }
    }
}
