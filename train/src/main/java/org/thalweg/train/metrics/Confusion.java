package org.thalweg.train.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each class was taken for each.
 *
 * @param counts a row for each right class, in it a number for each class that was told; as many rows as columns
 */
public record Confusion(List<List<Long>> counts) {
    public Confusion {
        counts = counts.stream().map(List::copyOf).toList();
        for (List<Long> row : counts) {
            if (row.size() != counts.size()) {
                throw new IllegalArgumentException(
                        "a confusion matrix has as many columns as rows, but one row of %d has %d"
                                .formatted(counts.size(), row.size()));
            }
        }
    }

    public int classes() {
        return counts.size();
    }

    /** Examples of a class. */
    public long ofClass(int label) {
        return sum(counts.get(label));
    }

    /** The share of a class that was recognised, 0 to 1; NaN for a class without examples. */
    public double recall(int label) {
        return (double) counts.get(label).get(label) / ofClass(label);
    }

    /** The share of a class's predictions that were right, 0 to 1; NaN for a class that was never told. */
    public double precision(int label) {
        return (double) counts.get(label).get(label)
                / counts.stream().mapToLong(row -> row.get(label)).sum();
    }

    /** Counts batch after batch; a row without any number among its outputs counts for no class. */
    public static final class Counter {
        private final long[][] counts;

        /** @param classes at least 1 */
        public Counter(int classes) {
            counts = new long[classes][classes];
        }

        /** Takes a batch into account. */
        public void add(Answers answers) {
            for (int row = 0; row < answers.rows(); row++) {
                int predicted = answers.predicted(row);
                if (predicted >= 0) {
                    counts[answers.label(row)][predicted]++;
                }
            }
        }

        /** What was counted so far. */
        public Confusion confusion() {
            List<List<Long>> rows = new ArrayList<>();
            for (long[] row : counts) {
                rows.add(LongStream.of(row).boxed().toList());
            }
            return new Confusion(rows);
        }
    }

    private static long sum(List<Long> row) {
        return row.stream().mapToLong(Long::longValue).sum();
    }

    /** A pair of classes that were taken for each other. */
    public record Pair(int truth, int predicted, long count) {}

    /** The mix-ups that happened most, at most so many, the most frequent first. */
    public List<Pair> mostFrequent(int most) {
        return IntStream.range(0, classes())
                .boxed()
                .flatMap(truth -> IntStream.range(0, classes())
                        .filter(predicted -> predicted != truth)
                        .mapToObj(predicted ->
                                new Pair(truth, predicted, counts.get(truth).get(predicted))))
                .filter(pair -> pair.count() > 0)
                .sorted(Comparator.comparingLong(Pair::count).reversed())
                .limit(most)
                .toList();
    }
}
