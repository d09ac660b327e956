package org.thalweg.lab.lecture;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Trial;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.ExampleCorpus;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Parts;
import org.thalweg.train.data.Split;

/**
 * Fashion-MNIST where it is found, else the digits; so few of the training examples that hundreds of trainings take minutes, and a power
 * of two of them, which batches that are powers of two divide.
 */
final class SmallImages {
    static final int MOST_TRAINED_ON = 8192;
    private static final int MOST_VALIDATED = 6000;
    private static final double LEFT_FOR_VALIDATION = 0.2;

    private SmallImages() {}

    /** Drawn by the trial's seed; the digits in a quick trial. */
    static Dataset of(Trial trial) {
        Corpus corpus = trial.extent() == Trial.Extent.FULL ? found() : digits();
        int all = examples(corpus).examples().count();
        int tests = examples(corpus).test().isPresent() ? 0 : (int) Math.round(Split.DEFAULT_TEST * all);
        int most = (int) ((1 - LEFT_FOR_VALIDATION) * (all - tests));
        int train = Integer.highestOneBit(Math.min(MOST_TRAINED_ON, most));
        double validation = (double) (all - tests - train) / all;
        return fewerValidated(Dataset.of(corpus, new Split(validation, Split.DEFAULT_TEST, trial.seed())));
    }

    private static Dataset fewerValidated(Dataset data) {
        Examples validation = data.validation().orElseThrow();
        int[] first =
                IntStream.range(0, Math.min(MOST_VALIDATED, validation.count())).toArray();
        Parts parts = new Parts(data.train(), Optional.of(validation.select(first)), data.test());
        return new Dataset(
                data.name(), parts, data.form(), List.of(), data.split(), data.attribution(), Optional.empty());
    }

    private static Corpus found() {
        try {
            return Corpus.load("fashion-mnist");
        } catch (DataException _) {
            return digits();
        }
    }

    private static Corpus digits() {
        return Corpus.load("digits");
    }

    private static ExampleCorpus examples(Corpus corpus) {
        return (ExampleCorpus) corpus;
    }
}
