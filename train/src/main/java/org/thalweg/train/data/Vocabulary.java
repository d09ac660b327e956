package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Characters as tokens: token 0 stands for every character that the training part did not show, token i for the i-th of
 * those it did, in the order of their code points.
 *
 * @param characters those of the training part, each once, in order
 */
public record Vocabulary(String characters) implements Preprocessing {
    /** The token of every character that is not in the vocabulary. */
    public static final int UNKNOWN = 0;

    public Vocabulary {
        int[] points = characters.codePoints().toArray();
        for (int i = 1; i < points.length; i++) {
            if (points[i] <= points[i - 1]) {
                throw new IllegalArgumentException("a vocabulary has each character once, in the order of code points");
            }
        }
    }

    /** Fits on a part of a text. */
    static Vocabulary fit(TextWindows part) {
        BitSet seen = new BitSet();
        part.text().forEach(part.from(), part.to(), seen::set);
        StringBuilder characters = new StringBuilder();
        seen.stream().forEach(characters::appendCodePoint);
        return new Vocabulary(characters.toString());
    }

    /** Tokens, the one for unknown characters among them. */
    public int size() {
        return characters.codePointCount(0, characters.length()) + 1;
    }

    /** The token of each character. */
    public long[] tokens(CharSequence text) {
        int[] table = table();
        return text.codePoints().mapToLong(point -> token(table, point)).toArray();
    }

    /** The characters of tokens; the replacement character U+FFFD for the unknown one. */
    public String text(long... tokens) {
        int[] points = characters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (long token : tokens) {
            text.appendCodePoint(token == UNKNOWN ? 0xFFFD : points[(int) token - 1]);
        }
        return text.toString();
    }

    @Override
    public Shape output(Shape input) {
        if (input.kind() != Shape.Kind.TOKENS) {
            throw new IllegalArgumentException("a vocabulary does not fit examples of shape " + input);
        }
        return input;
    }

    /** From code points to tokens, int64. */
    @Override
    public void apply(Shape shape, MemorySegment from, MemorySegment to) {
        translate(table(), from, to);
    }

    @Override
    public Examples apply(Examples examples) {
        output(examples.shape());
        return new Tokens(examples, new Task.NextToken(size()), table());
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "vocabulary");
        json.put("characters", characters);
        return json;
    }

    /** The token of each code point up to the largest one known. */
    private int[] table() {
        int[] points = characters.codePoints().toArray();
        int[] table = new int[points.length == 0 ? 0 : points[points.length - 1] + 1];
        Arrays.setAll(table, _ -> UNKNOWN);
        for (int i = 0; i < points.length; i++) {
            table[points[i]] = i + 1;
        }
        return table;
    }

    private static int token(int[] table, long point) {
        return point >= 0 && point < table.length ? table[(int) point] : UNKNOWN;
    }

    private static void translate(int[] table, MemorySegment from, MemorySegment to) {
        for (long i = 0; i < to.byteSize() / Long.BYTES; i++) {
            long point = from.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
            to.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, token(table, point));
        }
    }

    /** Examples whose inputs and targets are translated as they are copied. */
    @SuppressWarnings("ArrayRecordComponent") // a list would box every token
    private record Tokens(Examples raw, Task task, int[] table) implements Examples {
        @Override
        public Shape shape() {
            return raw.shape();
        }

        @Override
        public int count() {
            return raw.count();
        }

        @Override
        public void input(int row, MemorySegment slot) {
            raw.input(row, slot);
            translate(table, slot, slot);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            raw.target(row, slot);
            translate(table, slot, slot);
        }

        @Override
        public Examples inEpoch(long seed, long epoch) {
            return new Tokens(raw.inEpoch(seed, epoch), task, table);
        }
    }
}
