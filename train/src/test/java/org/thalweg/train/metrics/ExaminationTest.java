package org.thalweg.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thalweg.train.Evaluation;
import org.thalweg.train.Score;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.Standardisation;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExaminationTest {
    private static Dataset digits;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
    }

    private static Network untrained() {
        return Network.build(Model.mlp(10, 32).plan(digits.shape()), 3);
    }

    @Test
    void the_confusion_agrees_with_the_score_and_the_classes_with_the_labels() {
        try (Network network = untrained();
                Evaluation evaluation = new Evaluation(network, digits.test())) {
            Score score = evaluation.score();
            Examination examination = Examination.of(network, digits.test(), new CrossEntropy(), Optional.empty())
                    .orElseThrow();
            Confusion confusion = examination.confusion().orElseThrow();
            int[] labels = digits.test().labels();
            long right = 0;
            for (int i = 0; i < 10; i++) {
                int label = i;
                right += confusion.counts().get(i).get(i);
                assertThat(confusion.ofClass(i)).isEqualTo(count(labels, label));
            }
            assertThat((double) right / labels.length).isCloseTo(score.accuracy(), within(1e-12));
        }
    }

    private static long count(int[] labels, int label) {
        return Arrays.stream(labels).filter(other -> other == label).count();
    }

    /** A picture of digits is the example before standardisation, whose brightest pixel is 16. */
    @Test
    void mistakes_are_shown_as_they_were_before_preprocessing() {
        try (Network network = untrained()) {
            Examination examination = Examination.of(network, digits.test(), new CrossEntropy(), Optional.empty())
                    .orElseThrow();
            assertThat(examination.mistakes()).hasSize(Examination.MOST_MISTAKES);
            assertThat(examination.mistakes().getFirst().loss())
                    .isGreaterThan(examination.mistakes().getLast().loss());
            int[] labels = digits.test().labels();
            MemorySegment raw = MemorySegment.ofArray(new float[64]);
            for (Mistake mistake : examination.mistakes()) {
                assertThat(((Mistake.WrongClass) mistake).truth()).isEqualTo(labels[mistake.example()]);
                Picture picture = Objects.requireNonNull(examination.pictures().get(mistake.example()));
                digits.test().raw().input(mistake.example(), raw);
                for (int i = 0; i < 64; i++) {
                    float value = raw.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                    assertThat(picture.pixels()[i] & 0xFF).isEqualTo(Math.round(255 * value / 16));
                }
            }
        }
    }

    @Test
    void numbers_far_off_are_told_in_the_datas_own_units() {
        Mistake scaled = new Mistake.FarOff(3, 4, List.of(1.0, 0.0), List.of(-1.0, 2.0));
        Standardisation scale = new Standardisation(List.of(10.0, 100.0), List.of(2.0, 5.0));
        assertThat(scaled.undo(scale)).isEqualTo(new Mistake.FarOff(3, 4, List.of(12.0, 100.0), List.of(8.0, 110.0)));
    }

    @Test
    void as_json_everything_is_there() {
        Picture picture = new Picture(1, 1, 2, new byte[] {0, -1});
        Examination examination = new Examination(
                7,
                Optional.of(new Confusion(List.of(List.of(3L, 1L), List.of(0L, 3L)))),
                List.of(new Mistake.WrongClass(4, 2.5, 0, 1, 0.9)),
                Map.of(4, picture));
        JsonNode json = JsonMapper.shared().valueToTree(examination.json());
        assertThat(json.get("confusion").toString()).isEqualTo("[[3,1],[0,3]]");
        JsonNode mistake = json.get("mistakes").get(0);
        assertThat(mistake.get("example").asInt()).isEqualTo(4);
        assertThat(mistake.get("probability").asDouble()).isEqualTo(0.9);
        assertThat(Base64.getDecoder()
                        .decode(mistake.get("picture").get("pixels").asString()))
                .isEqualTo(picture.pixels());
    }
}
