package org.thalweg.lab.compare;

import java.util.Locale;
import java.util.SequencedMap;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.run.Document;

/**
 * How every trial's rate goes from its first step to its last: the same for all rules, but for the rate itself.
 *
 * @param decay after the warm-up
 * @param warmUp share of the steps in which the rate rises, from 0 up to but not including 1
 */
public record Pace(Decay decay, double warmUp) {
    /** How the rate falls. */
    public enum Decay {
        /** Not at all. */
        CONSTANT,
        /** To zero, as a straight line. */
        LINEAR,
        /** To zero, as half a cosine. */
        COSINE;

        /** The name on the command line and in files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Pace {
        if (!(warmUp >= 0 && warmUp < 1)) {
            throw new IllegalArgumentException("the warm-up is a share of the steps from 0 to below 1, not " + warmUp);
        }
    }

    /** A cosine to zero after a twentieth of warm-up. */
    public Pace() {
        this(Decay.COSINE, 0.05);
    }

    /**
     * The rate at each step.
     *
     * @param rate the highest
     * @param steps of the whole trial
     */
    public Schedule schedule(double rate, long steps) {
        long rising = (long) (warmUp * steps);
        long left = Math.max(1, steps - rising);
        Schedule falling = switch (decay) {
            case CONSTANT -> Schedule.constant(rate);
            case LINEAR -> Schedule.linear(rate, left);
            case COSINE -> Schedule.cosine(rate, left);
        };
        return rising == 0 ? falling : falling.warmUp(rising);
    }

    /** In a few words. */
    public String words() {
        String falls = decay == Decay.CONSTANT ? "a constant rate" : "a rate that falls to zero (%s)".formatted(decay);
        return warmUp == 0 ? falls : "%s after a warm-up over %.0f %% of the steps".formatted(falls, 100 * warmUp);
    }

    SequencedMap<String, Object> json() {
        return Document.fields("decay", decay.toString(), "warmUp", warmUp);
    }

    static Pace read(Document json) {
        return new Pace(Decay.valueOf(json.text("decay").toUpperCase(Locale.ROOT)), json.number("warmUp"));
    }
}
