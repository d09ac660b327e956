package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvImagesTest {
    private static final CsvImages FORMAT = new CsvImages(Shape.image(1, 1, 2), 16, 3);

    private static MemoryExamples read(String text) {
        return FORMAT.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "images.csv");
    }

    @Test
    void readsPixelsAndLabels() {
        MemoryExamples examples = read("0,16,2\n 3 ,4,0\r\n\"5\",6,1");
        assertThat(examples.labels()).containsExactly(2, 0, 1);
        assertThat(examples.inputs().toArray(ValueLayout.JAVA_FLOAT)).containsExactly(0, 16, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`1,2,0\n1,x,0`|images.csv, line 2, column 2: 'x' is not a whole number from 0 to 16",
                "`1,2,0\n1,2,1\n17,2,0`|images.csv, line 3, column 1: '17' is not a whole number from 0 to 16",
                "`1,2,3`|images.csv, line 1, column 3: '3' is not a whole number from 0 to 2",
                "`1,,0`|images.csv, line 1, column 2: '' is not a whole number from 0 to 16",
                "`1,99999999999,0`|images.csv, line 1, column 2: '99999999999' is not a whole number from 0 to 16",
                "`1,2,0\n1,2`|images.csv, line 2: 2 columns where 3 were expected",
            })
    void saysWhereABadCellIs(String text, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(text))
                .withMessage(message);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(""))
                .withMessage("images.csv has no rows");
    }

    @Test
    void theDigitsAreAllThere() {
        Corpus digits = Corpus.load("digits", java.util.Optional.empty());
        assertThat(digits.examples().count()).isEqualTo(1797);
        assertThat(digits.examples().shape()).isEqualTo(Shape.image(1, 8, 8));
        assertThat(digits.test()).isEmpty();
        // Published with the data: examples of each class.
        int[] counts = new int[10];
        for (int label : digits.examples().labels()) {
            counts[label]++;
        }
        assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }
}
