package org.thalweg.train.data;

import java.util.List;
import org.thalweg.optim.text.Forms;

/** A kind of preprocessing, to be fitted on a training part. Its text form is such as {@code pca:components=32}. */
public sealed interface Fitting {
    /** Those that have a text form. */
    Forms READY = new Forms("preprocessing", List.of(new None(), new Standardise()));

    /** Fits on a training part, in passes over it. */
    Preprocessing fit(Examples train);

    /** What suits the examples when nothing is asked for: a vocabulary for text, standardisation for numbers. */
    static Preprocessing standard(Examples train) {
        return train instanceof TextWindows part ? Vocabulary.fit(part) : new Standardise().fit(train);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Fitting parse(String text) {
        return (Fitting) READY.parse(text);
    }

    /** The text form with every value. */
    static String format(Fitting fitting) {
        return Forms.format((Record) fitting);
    }

    /** Inputs as they are. */
    record None() implements Fitting {
        @Override
        public Preprocessing fit(Examples train) {
            return Standardisation.none(train.shape().channels());
        }
    }

    /** Each channel to mean 0 and standard deviation 1. */
    record Standardise() implements Fitting {
        @Override
        public Preprocessing fit(Examples train) {
            return Standardisation.fit(train);
        }
    }
}
