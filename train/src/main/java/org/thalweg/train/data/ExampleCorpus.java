package org.thalweg.train.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Examples that may be drawn in any order.
 *
 * @param name what users call it
 * @param examples to train on and, if there is no test part, to take one from
 * @param test the published test part, if there is one
 * @param classNames in their order; empty if they have none
 * @param attribution where it comes from and on what terms; may be empty
 */
public record ExampleCorpus(
        String name, Examples examples, Optional<Examples> test, List<String> classNames, String attribution)
        implements Corpus {
    /** Numbers the random stream that parts are drawn from, apart from the epochs' streams. */
    private static final long SPLIT_STREAM = -1;

    public ExampleCorpus {
        classNames = List.copyOf(classNames);
        test.ifPresent(part -> {
            if (!part.shape().equals(examples.shape()) || !part.task().equals(examples.task())) {
                throw new DataException("the test part of %s has examples of %s that ask for %s, the rest of %s for %s"
                        .formatted(name, part.shape(), part.task(), examples.shape(), examples.task()));
            }
        });
    }

    /** Without names and attribution. */
    public ExampleCorpus(String name, Examples examples, Optional<Examples> test) {
        this(name, examples, test, List.of(), "");
    }

    /** Draws the parts at random; where there is a published test part, that one is used as it is. */
    @Override
    public Parts divide(Split split) {
        int tests = test.isPresent() ? 0 : share(split.test(), "test");
        int validations = split.validation() == 0 ? 0 : share(split.validation(), "validation");
        int count = examples.count();
        if (tests + validations >= count) {
            throw new IllegalArgumentException("a test part of %s and a validation part of %s leave nothing to train on"
                    .formatted(split.test(), split.validation()));
        }
        int[] order = SplitMix64.stream(split.seed(), SPLIT_STREAM).permutation(count);
        return new Parts(
                tests + validations == 0 ? examples : part(order, tests + validations, count),
                validations == 0 ? Optional.empty() : Optional.of(part(order, tests, tests + validations)),
                test.orElseGet(() -> part(order, 0, tests)));
    }

    private Examples part(int[] order, int from, int to) {
        return examples.select(Arrays.copyOfRange(order, from, to));
    }

    private int share(double share, String part) {
        int count = (int) Math.round(examples.count() * share);
        if (count == 0) {
            throw new IllegalArgumentException("a %s part of %s of %,d examples is empty; ask for a larger one"
                    .formatted(part, share, examples.count()));
        }
        return count;
    }
}
