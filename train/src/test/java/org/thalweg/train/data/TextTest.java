package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    private static Text text(String text) {
        return Text.of(MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)), "book.txt");
    }

    private static long[] characters(Text text, long from, int count) {
        long[] characters = new long[count];
        text.copy(from, count, MemorySegment.ofArray(characters));
        return characters;
    }

    /** Against Java's own decoder, with characters of one to four bytes, over several noted places. */
    @Test
    void reachesEveryCharacter() {
        SplitMix64 random = new SplitMix64(3);
        int[] alphabet = "aé€😀\n߿ࠀ퟿￿𐀀\u0000".codePoints().toArray();
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            mixed.appendCodePoint(alphabet[random.below(alphabet.length)]);
        }
        for (String string : new String[] {mixed.toString(), "plain ".repeat(500)}) {
            long[] expected = string.codePoints().asLongStream().toArray();
            Text text = text(string);
            assertThat(text.length()).isEqualTo(expected.length);
            for (int from : new int[] {0, 1, 1023, 1024, 1025, 2047, 2500, expected.length - 7}) {
                assertThat(characters(text, from, 7))
                        .isEqualTo(LongStream.of(expected).skip(from).limit(7).toArray());
            }
        }
    }

    @Test
    void leavesOutAByteOrderMark() {
        assertThat(characters(text("\uFEFFab"), 0, 2)).containsExactly('a', 'b');
    }

    @ParameterizedTest
    @CsvSource({
        "61 80, 1", // continuation without a beginning
        "61 C3, 1", // cut short
        "C3 28, 0", // no continuation
        "C0 80, 0", // overlong
        "E0 80 80, 0",
        "F0 80 80 80, 0",
        "ED A0 80, 0", // surrogate
        "F4 90 80 80, 0", // beyond the last character
        "61 62 FF, 2",
    })
    void refusesWhatIsNotUtf8(String hex, int offset) {
        byte[] bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Text.of(MemorySegment.ofArray(bytes), "book.txt"))
                .withMessage("book.txt, offset %d: not UTF-8 text; save it as UTF-8".formatted(offset));
    }

    @Test
    void theTargetIsTheNextCharacter() {
        TextCorpus corpus = new TextCorpus("letters", text("abcdefghijklmnopqrstuvwxyz".repeat(4)), 5, "");
        Parts parts = corpus.divide(new Split(0.1, 0.2, 1));
        assertThat(Copies.tokens(parts.train(), 1)).containsExactly('f', 'g', 'h', 'i', 'j');
        assertThat(Copies.nextTokens(parts.train(), 1)).containsExactly('g', 'h', 'i', 'j', 'k');
        // 104 characters: the last 21 to test on, 10 before them for validation.
        assertThat(Copies.tokens(parts.test(), 0)).startsWith('a' + 83 % 26);
        assertThat(Copies.tokens(parts.validation().orElseThrow(), 0)).startsWith('a' + 73 % 26);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextCorpus("short", text("abcdef"), 5, "").divide(new Split(1)))
                .withMessageContaining("needs at least two examples of 5");
    }

    /** Whatever the shift, every window and its targets lie inside its part. */
    @Test
    void windowsAreShiftedInEachEpoch() {
        String string = "abcdefghijklmnopqrstuvwxyz".repeat(3);
        for (int end = 14; end < 78; end++) {
            Examples part = new TextWindows(text(string), 4, end, 5, 0);
            boolean[] seen = new boolean[5];
            for (int epoch = 1; epoch <= 40; epoch++) {
                Examples now = part.inEpoch(9, epoch);
                assertThat(now.count()).isEqualTo(part.count()).isPositive();
                int shift = (int) (Copies.tokens(now, 0)[0] - 'a') - 4;
                seen[shift] = true;
                long last = Copies.nextTokens(now, now.count() - 1)[4];
                int place = 4 + shift + 5 * now.count();
                assertThat(place).isLessThan(end);
                assertThat(last).isEqualTo(string.charAt(place));
                assertThat(Copies.tokens(part.inEpoch(9, epoch), 0)).isEqualTo(Copies.tokens(now, 0));
            }
            assertThat(seen).containsOnly(true);
        }
    }

    @Test
    void theVocabularyComesFromTheTrainingPartAlone() {
        TextCorpus corpus = new TextCorpus("abba", text("abba".repeat(10) + "abéc".repeat(3)), 2, "");
        Dataset data = Dataset.of(corpus, new Split(0, 0.23, 1));
        Vocabulary vocabulary = (Vocabulary) data.preprocessing();
        assertThat(vocabulary.characters()).isEqualTo("ab");
        assertThat(data.task()).isEqualTo(new Task.NextToken(3));
        assertThat(data.shape()).isEqualTo(Shape.tokens(2));
        assertThat(Copies.tokens(data.train(), 0)).containsExactly(1, 2);
        assertThat(Copies.nextTokens(data.train(), 0)).containsExactly(2, 2);
        assertThat(Copies.tokens(data.test(), 1)).containsExactly(Vocabulary.UNKNOWN, Vocabulary.UNKNOWN);
        assertThat(vocabulary.tokens("ba?")).containsExactly(2, 1, 0);
        assertThat(vocabulary.text(2, 1, 0)).isEqualTo("ba\uFFFD");
    }
}
