package org.thalweg.lab.compare;

import java.util.List;
import java.util.Locale;

/** How a rule's settings are searched. Both ways spend the same number of steps. */
public enum Tuning {
    /** Settings drawn at random, each tried in full (Bergstra and Bengio, JMLR 13, 2012). */
    RANDOM,
    /**
     * Three times as many settings, tried for a ninth of the steps; the best third of them for a third; the best third of those in full
     * (Jamieson and Talwalkar, AISTATS 2016). Each is a training of its own, whose rate falls to its own end.
     */
    HALVING;

    private static final int KEPT = 3;

    /**
     * Trials of equal length.
     *
     * @param trials how many
     * @param steps of each
     */
    public record Rung(int trials, long steps) {}

    /**
     * What is tried, one after the other; each rung's trials are the best of the one before.
     *
     * @param trials full trials' worth of steps
     * @param steps of a full trial
     */
    public List<Rung> rungs(int trials, long steps) {
        return switch (this) {
            case RANDOM -> List.of(new Rung(trials, steps));
            case HALVING ->
                List.of(
                        new Rung(KEPT * trials, Math.max(1, steps / (KEPT * KEPT))),
                        new Rung(trials, Math.max(1, steps / KEPT)),
                        new Rung(Math.ceilDiv(trials, KEPT), steps));
        };
    }

    /** In a few words. */
    public String words() {
        return this == RANDOM
                ? "settings drawn at random"
                : "successive halving: three times as many settings for a ninth of the steps, the best third of them for a third, the"
                        + " best third of those in full";
    }

    /** The name on the command line and in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
