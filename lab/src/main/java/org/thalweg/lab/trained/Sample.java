package org.thalweg.lab.trained;

import java.util.Arrays;
import java.util.Locale;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.SplitMix64;

/**
 * Which examples a measurement is over: some of a part, drawn without replacement, so that it can be repeated.
 *
 * @param part of the data
 * @param count at least 1; more than the part has are all of it
 * @param seed which ones are drawn
 */
public record Sample(Part part, int count, long seed) {
    /** What a data set is divided into. */
    public enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Sample {
        if (count < 1) {
            throw new IllegalArgumentException("a measurement takes at least 1 example, not " + count);
        }
    }

    /**
     * Draws the examples, in the order of the data; none is copied, and none is varied by augmentation.
     *
     * @throws IllegalArgumentException if the data has no such part
     */
    public Examples of(Dataset data) {
        Examples all = switch (part) {
            case TRAIN -> data.train();
            case TEST -> data.test();
            case VALIDATION ->
                data.validation()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the run set no validation examples aside: take the train or test part"));
        };
        if (count >= all.count()) {
            return all;
        }
        int[] rows = Arrays.copyOf(SplitMix64.stream(seed, 0).permutation(all.count()), count);
        Arrays.sort(rows);
        return all.select(rows);
    }
}
