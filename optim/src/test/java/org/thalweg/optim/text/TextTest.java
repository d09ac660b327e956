package org.thalweg.optim.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.classfile.Annotation;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "RmsProp, rms-prop",
        "maxNorm, max-norm",
        "INSIDE_ROOT, inside-root",
        "AdamW, adamw",
        "RAdam, radam",
        "ScheduleFreeAdamW, schedule-free-adamw",
        "L2, l2",
        "beta1, beta1",
        "ClipByGlobalNorm, clip-by-global-norm"
    })
    void kebabCase(String java, String kebab) {
        assertThat(Names.kebab(java)).isEqualTo(kebab);
        assertThat(Names.same(java, kebab)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "adam,adam,0", "adm,adam,1", "adma,adam,2", "kitten,sitting,3", "'',abc,3", "flaw,lawn,2"})
    void editDistance(String from, String to, int edits) {
        assertThat(Names.edits(from, to)).isEqualTo(edits);
        assertThat(Names.edits(to, from)).isEqualTo(edits);
    }

    @Test
    void theNearestNameIsNearEnoughOrNone() {
        List<String> known = List.of("adam", "adamw", "adagrad", "rms-prop");
        assertThat(Names.nearest("adamx", known)).contains("adam");
        assertThat(Names.nearest("RMS_PORP", known)).contains("rms-prop");
        assertThat(Names.nearest("rms", known)).contains("rms-prop");
        assertThat(Names.nearest("sgd", known)).isEmpty();
        assertThat(Names.nearest("x", known)).isEmpty();
        assertThat(Names.nearest("", known)).isEmpty();
        assertThat(Names.nearest("a".repeat(100_000), known)).isEmpty();
        assertThat(Names.nearest("adam", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "90, 90",
        "1_000.5, 1000.5",
        "1E-8, 1e-8",
        "0.0001, 1e-4",
        "-0, -0",
        "1e7, 1e7",
        "123456789, 1.23456789e8",
        "INF, infinity"
    })
    void numbersAreShort(String given, String written) {
        assertThat(Values.text(Values.parse(double.class, given))).isEqualTo(written);
    }

    @Test
    void numbersReadBackExactly() {
        Random random = new Random(754);
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            long count = random.nextLong() >> random.nextInt(64);
            if (Double.isFinite(number)) {
                assertThat(Values.parse(double.class, Values.text(number))).isEqualTo(number);
            }
            assertThat(Values.parse(long.class, Values.text(count))).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10_000, 10000",
        "1e4, 10000",
        "2.5e1, 25",
        "-3, -3",
        "+3, 3",
        "9223372036854775807, 9223372036854775807"
    })
    void countsAreWhole(String text, long count) {
        assertThat(Values.parse(long.class, text)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"2.5", "1e19", "9223372036854775808", "1e999999999", "''", "1e", "0x10", "1d", "'1 2'", "infinity"})
    void anythingElseIsNoCount(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.parse(long.class, text))
                .withMessageStartingWith("expected a whole number");
    }

    @Test
    void aRecordOfAClosedPackageIsClosed() {
        Record closed = (Record) Annotation.of(ClassDesc.of("org.example.Closed"));
        assertThat(Records.isOpen(closed)).isFalse();
        assertThat(Records.isOpen(new Source("rule", "adam"))).isTrue();
    }

    @Test
    void anIntegerHasItsOwnLimits() {
        assertThat(Values.parse(int.class, "2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.parse(int.class, "2147483648"))
                .withMessage("expected a whole number from -2147483648 to 2147483647, not \"2147483648\"");
    }
}
