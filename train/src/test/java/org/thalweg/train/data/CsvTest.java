package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.train.data.Task.Classification;
import org.thalweg.train.data.Task.Regression;

class CsvTest {
    private static final Csv USUAL = new Csv(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static ExampleCorpus read(Csv csv, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return csv.corpus("table", csv.read(new ByteArrayInputStream(bytes), "table.csv"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Csv target(String column) {
        return new Csv(Optional.of(column), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Csv kind(TargetKind kind) {
        return new Csv(Optional.empty(), Optional.empty(), Optional.of(kind), Optional.empty());
    }

    @Test
    void readsClassesByName() {
        ExampleCorpus iris =
                read(USUAL, "length,width,species\n5.1,3.5,setosa\r\n7, 3.2 ,virginica\n\"-1e-1\",3,setosa");
        assertThat(iris.examples().shape()).isEqualTo(Shape.vector(2));
        assertThat(iris.classNames()).containsExactly("setosa", "virginica");
        assertThat(iris.examples().labels()).containsExactly(0, 1, 0);
        assertThat(Copies.input(iris.examples(), 1)).containsExactly(7, 3.2f);
        assertThat(Copies.input(iris.examples(), 2)).containsExactly(-0.1f, 3);
    }

    @Test
    void theTargetMayBeAnyColumn() {
        String text = "age;sex;outcome\n30;1;2.5\n40;0;3.5";
        for (String column : new String[] {"sex", "2"}) {
            ExampleCorpus corpus = read(
                    new Csv(Optional.of(column), Optional.empty(), Optional.of(TargetKind.NUMBERS), Optional.empty()),
                    text);
            assertThat(Copies.input(corpus.examples(), 0)).containsExactly(30, 2.5f);
            assertThat(Copies.numbers(corpus.examples(), 0)).containsExactly(1);
        }
    }

    /** Columns that are called by numbers are found by name first. */
    @Test
    void namesGoBeforeNumbers() {
        Csv named = new Csv(Optional.of("1"), Optional.of(true), Optional.empty(), Optional.empty());
        ExampleCorpus corpus = read(named, "3\t1\n0.5\ta\n0.7\tb");
        assertThat(corpus.classNames()).containsExactly("a", "b");
    }

    @Test
    void aFirstLineOfNumbersIsNoHeader() {
        assertThat(read(USUAL, "1,2,x\n3,4,y").examples().count()).isEqualTo(2);
        assertThat(read(USUAL, "a,b,x\n3,4,y").examples().count()).isEqualTo(1);
        Csv named = new Csv(Optional.empty(), Optional.of(true), Optional.empty(), Optional.empty());
        assertThat(read(named, "1,2,x\n3,4,y").examples().count()).isEqualTo(1);
    }

    @Test
    void tellsClassesFromNumbersWhereTheyAreUnlike() {
        assertThat(read(USUAL, "1,0\n2,1\n3,1\n4,0").examples().task()).isEqualTo(new Classification(2));
        assertThat(read(USUAL, "1,0.5\n2,1\n3,1\n4,0").examples().task()).isEqualTo(new Regression(1));
        assertThat(read(kind(TargetKind.CLASSES), "1,70\n2,9\n3,70").classNames())
                .containsExactly("9", "70");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(USUAL, "1,7\n2,9\n3,7"))
                .withMessageContaining("say --task classes or --task numbers");
    }

    @Test
    void rowsMayBeImages() {
        Csv images = new Csv(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Shape.image(1, 2, 2)));
        assertThat(read(images, "1,2,3,4,x").examples().shape()).isEqualTo(Shape.image(1, 2, 2));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(images, "1,2,3,x"))
                .withMessage("table.csv has 3 features in a row, which do not make examples of shape 1x2x2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`1,2,a\n1,x,b`|table.csv, line 2, column 2: 'x' is not a number",
                "`1,2,a\n\n1,NaN,b`|table.csv, line 3, column 2: 'NaN' is not a number",
                "`1,2,a\n1,,b`|table.csv, line 2, column 2: '' is not a number",
                "`1,2,a\n1,1e99,b`|table.csv, line 2, column 2: '1e99' is not a number",
                "`1,2,a\n1,2,`|table.csv, line 2, column 3: the target is empty; fill it in or leave the row out",
                "`1,2,a\n1,2`|table.csv, line 2: 2 columns where 3 were expected",
                "`1,2,a\n1,2,3,4`|table.csv, line 2: 4 columns where 3 were expected",
                "`1\n2`|table.csv, line 1: one column, but features and a target are needed",
                "`a,b,c`|table.csv has a header, but no rows below it",
                "``|table.csv has no rows",
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(USUAL, text))
                .withMessage(message);
    }

    @Test
    void saysWhichColumnIsMissing() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(target("colour"), "a,b\n1,2"))
                .withMessage("table.csv, line 1: there is no column 'colour' among [a, b], and 2 columns");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> read(kind(TargetKind.NUMBERS), "1,2\n1,two"))
                .withMessage("table.csv, line 2, column 2: 'two' is not a number");
    }
}
