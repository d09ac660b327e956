package org.thalweg.train.data;

import java.util.List;
import java.util.Optional;

/**
 * A text, whose characters are to be foreseen one by one.
 *
 * @param name what users call it
 * @param text all of it
 * @param length characters in an example, at least 1
 * @param attribution where it comes from and on what terms; may be empty
 */
public record TextCorpus(String name, Text text, int length, String attribution) implements Corpus {
    public TextCorpus {
        if (length < 1) {
            throw new IllegalArgumentException("an example needs at least 1 character, not " + length);
        }
    }

    @Override
    public List<String> classNames() {
        return List.of();
    }

    /** Cuts the text in its order: the first part to train on, the last to test on, validation between. */
    @Override
    public Parts divide(Split split) {
        long testFrom = text.length() - Math.round(text.length() * split.test());
        long trainTo = testFrom - Math.round(text.length() * split.validation());
        return new Parts(
                windows("training", 0, trainTo),
                split.validation() == 0 ? Optional.empty() : Optional.of(windows("validation", trainTo, testFrom)),
                windows("test", testFrom, text.length()));
    }

    private Examples windows(String part, long from, long to) {
        if (to - from < 2L * length) {
            throw new IllegalArgumentException(
                    "the %s part of %s has %,d characters, but needs at least two examples of %,d; ask for a larger part or shorter examples"
                            .formatted(part, name, Math.max(0, to - from), length));
        }
        return new TextWindows(text, from, to, length, 0);
    }
}
