package org.thalweg.train.data;

import java.util.List;
import org.thalweg.optim.text.Forms;

/** A kind of preprocessing, to be fitted on a training part. Its text form is such as {@code pca:components=32}. */
public sealed interface Fitting {
    /** Those that have a text form. */
    Forms READY = new Forms("preprocessing", List.of(new None(), new Standardise(), new Pca(0, 1e-3), new Zca(1e-3)));

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

    /**
     * Uncorrelated components of variance 1, largest first; components of little variance stay smaller.
     *
     * @param components how many, or 0 for all
     * @param epsilon added to each variance before the root, as a share of the mean variance; at least 0
     */
    record Pca(int components, double epsilon) implements Fitting {
        public Pca {
            checkEpsilon(epsilon);
            if (components < 0) {
                throw new IllegalArgumentException(
                        "the number of components must be at least 1, or 0 for all, but is " + components);
            }
        }

        @Override
        public Preprocessing fit(Examples train) {
            return Covariance.of(train).pca(components, epsilon);
        }
    }

    /**
     * Uncorrelated numbers of variance 1 that are as near as can be to the standardised input; directions of little variance
     * stay smaller.
     *
     * @param epsilon added to each variance before the root, as a share of the mean variance; at least 0
     */
    record Zca(double epsilon) implements Fitting {
        public Zca {
            checkEpsilon(epsilon);
        }

        @Override
        public Preprocessing fit(Examples train) {
            return Covariance.of(train).zca(epsilon);
        }
    }

    private static void checkEpsilon(double epsilon) {
        if (!(epsilon >= 0 && epsilon <= 1000)) {
            throw new IllegalArgumentException("epsilon must be from 0 to 1000, but is " + epsilon);
        }
    }
}
