package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Task.Classification;
import org.thalweg.train.data.Task.Regression;

/** What is part of the application is what was published. */
class ReadyDataTest {
    private static ExampleCorpus load(String name) {
        return (ExampleCorpus) Corpus.load(name, Optional.empty());
    }

    private static int[] counts(Examples examples, int classes) {
        int[] counts = new int[classes];
        for (int label : examples.labels()) {
            counts[label]++;
        }
        return counts;
    }

    @Test
    void digits() {
        ExampleCorpus digits = load("digits");
        assertThat(digits.examples().count()).isEqualTo(1797);
        assertThat(digits.examples().shape()).isEqualTo(Shape.image(1, 8, 8));
        assertThat(digits.test()).isEmpty();
        assertThat(digits.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        // Published with the data: examples of each class.
        assertThat(counts(digits.examples(), 10)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void breastCancer() {
        ExampleCorpus corpus = load("breast-cancer");
        assertThat(corpus.examples().task()).isEqualTo(new Classification(2));
        assertThat(corpus.examples().shape()).isEqualTo(Shape.vector(30));
        assertThat(corpus.classNames()).containsExactly("benign", "malignant");
        // Published with the data: 357 benign, 212 malignant, radii from 6.981 to 28.11.
        assertThat(counts(corpus.examples(), 2)).containsExactly(357, 212);
        float least = Float.MAX_VALUE;
        float most = 0;
        for (int row = 0; row < corpus.examples().count(); row++) {
            float radius = Copies.input(corpus.examples(), row)[0];
            least = Math.min(least, radius);
            most = Math.max(most, radius);
        }
        assertThat(least).isEqualTo(6.981f);
        assertThat(most).isEqualTo(28.11f);
        assertThat(corpus.attribution()).contains("Wolberg", "CC BY 4.0");
    }

    @Test
    void diabetes() {
        ExampleCorpus corpus = load("diabetes");
        assertThat(corpus.examples().task()).isEqualTo(new Regression(1));
        assertThat(corpus.examples().count()).isEqualTo(442);
        double sum = 0;
        for (int row = 0; row < 442; row++) {
            sum += Copies.numbers(corpus.examples(), row)[0];
        }
        assertThat(sum / 442).isCloseTo(152.133484, within(1e-6)); // as scikit-learn's users know it
        assertThat(Copies.input(corpus.examples(), 0)).startsWith(59, 2, 32.1f, 101);
        assertThat(corpus.attribution()).contains("Efron", "BSD");
    }

    @Test
    void shakespeare() {
        TextCorpus corpus = (TextCorpus) Corpus.load("shakespeare", Optional.empty());
        assertThat(corpus.text().length()).isEqualTo(1_115_394);
        Vocabulary all = Vocabulary.fit(new TextWindows(corpus.text(), 0, 1_115_394, 10, 0));
        assertThat(all.size()).isEqualTo(65 + 1);
        assertThat(all.characters()).startsWith("\n !$&',-.3:;?ABC").endsWith("xyz");
    }
}
