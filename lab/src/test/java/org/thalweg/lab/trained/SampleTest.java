package org.thalweg.lab.trained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Split;

class SampleTest {
    private static final Dataset DIGITS = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));

    @Test
    void is_the_same_again_and_another_for_another_seed() {
        int[] one = new Sample(Sample.Part.TRAIN, 200, 1).of(DIGITS).labels();
        assertThat(one).hasSize(200);
        assertThat(new Sample(Sample.Part.TRAIN, 200, 1).of(DIGITS).labels()).isEqualTo(one);
        assertThat(new Sample(Sample.Part.TRAIN, 200, 2).of(DIGITS).labels()).isNotEqualTo(one);
        assertThat(Arrays.stream(one).distinct().count()).isEqualTo(10);
    }

    @Test
    void of_more_than_there_are_is_all() {
        Examples all = new Sample(Sample.Part.TEST, 1_000_000, 1).of(DIGITS);
        assertThat(all).isSameAs(DIGITS.test());
    }

    @Test
    void refuses_what_there_is_not() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(Sample.Part.VALIDATION, 10, 1).of(DIGITS))
                .withMessage("the run set no validation examples aside: take the train or test part");
        assertThatIllegalArgumentException().isThrownBy(() -> new Sample(Sample.Part.TRAIN, 0, 1));
    }
}
