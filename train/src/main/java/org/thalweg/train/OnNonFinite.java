package org.thalweg.train;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of a run where the loss or a gradient is not finite. */
public enum OnNonFinite {
    /** It ends, with the weights from before the step. */
    STOP,
    /** The step is left out as a whole, up to 50 in a row. */
    SKIP,
    /**
     * It goes back to the latest checkpoint and on from there at half the rate, up to three times. Where the same stretch fails
     * again, it goes back one checkpoint further, since numbers near the end of the range may be saved before they show.
     */
    RESTORE;

    /** The name on the command line and in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as {@link #toString} writes it.
     *
     * @throws IllegalArgumentException if there is no such policy
     */
    public static OnNonFinite parse(String text) {
        return Stream.of(values())
                .filter(policy -> policy.toString().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is nothing to do where numbers are not finite; choose one of %s"
                                .formatted(
                                        text,
                                        Stream.of(values())
                                                .map(OnNonFinite::toString)
                                                .collect(Collectors.joining(", ")))));
    }
}
