package org.thalweg.train.data;

import java.util.Arrays;
import java.util.Optional;

/**
 * Data ready to train on: parts that share no example, standardised with what the training part alone showed.
 *
 * @param name what users call it
 * @param train what gradients come from
 * @param validation what choices are made by, if some was set aside
 * @param test what the result is judged by
 * @param preprocessing what is applied to all parts
 * @param split how the parts came about
 */
public record Dataset(
        String name,
        Examples train,
        Optional<Examples> validation,
        Examples test,
        Preprocessing preprocessing,
        Split split) {
    /** Numbers the random stream that parts are drawn from, apart from the epochs' streams. */
    private static final long SPLIT_STREAM = -1;

    /** Shape of one example. */
    public Shape shape() {
        return train.shape();
    }

    /** What is to be answered for each example. */
    public Task task() {
        return train.task();
    }

    /**
     * Splits a corpus and standardises it.
     *
     * @param corpus where it comes with its own test part, that one is used
     * @param split sizes of the parts, and the seed that draws them
     * @throws IllegalArgumentException if a part would be empty
     */
    public static Dataset of(Corpus corpus, Split split) {
        Examples all = corpus.examples();
        int tests = corpus.test().isPresent() ? 0 : share(all, split.test(), "test");
        int validations = split.validation() == 0 ? 0 : share(all, split.validation(), "validation");
        if (tests + validations >= all.count()) {
            throw new IllegalArgumentException("a test part of %s and a validation part of %s leave nothing to train on"
                    .formatted(split.test(), split.validation()));
        }
        int[] order = SplitMix64.stream(split.seed(), SPLIT_STREAM).permutation(all.count());
        Examples test = corpus.test().orElseGet(() -> all.select(Arrays.copyOfRange(order, 0, tests)));
        Examples train = tests + validations == 0
                ? all
                : all.select(Arrays.copyOfRange(order, tests + validations, order.length));
        Preprocessing preprocessing = Standardisation.fit(train);
        Optional<Examples> validation = Optional.of(Arrays.copyOfRange(order, tests, tests + validations))
                .filter(rows -> rows.length > 0)
                .map(all::select)
                .map(preprocessing::apply);
        return new Dataset(
                corpus.name(), preprocessing.apply(train), validation, preprocessing.apply(test), preprocessing, split);
    }

    private static int share(Examples all, double share, String part) {
        int count = (int) Math.round(all.count() * share);
        if (count == 0) {
            throw new IllegalArgumentException("a %s part of %s of %d examples is empty; ask for a larger one"
                    .formatted(part, share, all.count()));
        }
        return count;
    }
}
