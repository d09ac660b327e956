package org.thalweg.train.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Keeps the examples that cost most, however many go by. */
public final class WorstMistakes {
    private static final Comparator<Mistake> BY_LOSS = Comparator.comparingDouble(Mistake::loss)
            .thenComparing(Comparator.comparingInt(Mistake::example).reversed());

    private final int most;
    private final boolean classes;
    private final PriorityQueue<Mistake> kept = new PriorityQueue<>(BY_LOSS);
    private int seen;

    private WorstMistakes(int most, boolean classes) {
        this.most = most;
        this.classes = classes;
    }

    /** Keeps the wrong classes that were told with most confidence, at most so many. */
    public static WorstMistakes ofClasses(int most) {
        return new WorstMistakes(most, true);
    }

    /** Keeps the numbers that are farthest off, at most so many. */
    public static WorstMistakes ofNumbers(int most) {
        return new WorstMistakes(most, false);
    }

    /** Takes a batch into account; its rows follow those of the batches before. */
    public void add(Answers answers) {
        for (int row = 0; row < answers.rows(); row++) {
            if (!classes) {
                keep(farOff(answers, row));
            } else if (answers.predicted(row) >= 0 && answers.predicted(row) != answers.label(row)) {
                keep(wrongClass(answers, row));
            }
            seen++;
        }
    }

    /** The worst first; of equally bad ones the earlier example. */
    public List<Mistake> worst() {
        return kept.stream().sorted(BY_LOSS.reversed()).toList();
    }

    private void keep(Mistake mistake) {
        if (Double.isNaN(mistake.loss())) {
            return;
        }
        kept.add(mistake);
        if (kept.size() > most) {
            kept.remove();
        }
    }

    private Mistake wrongClass(Answers answers, int row) {
        int truth = answers.label(row);
        int predicted = answers.predicted(row);
        return new Mistake.WrongClass(
                seen,
                -answers.logProbability(row, truth),
                truth,
                predicted,
                Math.exp(answers.logProbability(row, predicted)));
    }

    private Mistake farOff(Answers answers, int row) {
        List<Double> truth = IntStream.range(0, answers.width())
                .mapToObj(i -> (double) answers.target(row, i))
                .toList();
        List<Double> predicted = IntStream.range(0, answers.width())
                .mapToObj(i -> (double) answers.output(row, i))
                .toList();
        double loss = IntStream.range(0, answers.width())
                .mapToDouble(i -> Math.pow(truth.get(i) - predicted.get(i), 2))
                .average()
                .orElse(Double.NaN);
        return new Mistake.FarOff(seen, loss, truth, predicted);
    }
}
